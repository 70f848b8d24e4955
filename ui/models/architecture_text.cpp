// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/architecture_text.h"

#include <algorithm>

#include <QCoreApplication>

#include "core/analysis/unusualness.h"

namespace ocellus {

namespace {

/// What translators see these texts under.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(ArchitectureText)
};

/// Marks values as assumed, and remembers which names of `assumed` had a line.
class Assumptions {
public:
    explicit Assumptions(const std::vector<std::string>& names)
    {
        for (const std::string& name : names)
            m_left << QString::fromStdString(name);
    }

    QString marked(const QString& text, const QString& name)
    {
        return m_left.removeAll(name) > 0 ? Text::tr("%1 (assumed)").arg(text) : text;
    }

    const QStringList& left() const { return m_left; }

private:
    QStringList m_left;
};

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString backboneLine(const ModelConfig& config)
{
    QString line = Text::tr("backbone %1").arg(fromView(toString(config.backbone)));
    if (config.lastStage != ModelConfig().lastStage)
        line = Text::tr("%1 to layer%2").arg(line).arg(config.lastStage);
    if (config.backboneWidth != ModelConfig().backboneWidth)
        line = Text::tr("%1, %2 channels wide").arg(line).arg(config.backboneWidth);
    return line;
}

void addConvolutional(const ModelDescription& model, Assumptions& assumptions, QStringList& lines)
{
    lines << backboneLine(model.config);
    const QString dilated = model.config.dilation ? Text::tr(", dilated (DC5)") : QString();
    lines << assumptions.marked(Text::tr("stride %1%2").arg(model.field.stride).arg(dilated),
                                QStringLiteral("dilation"));
}

QStringList vitLines(const VitConfig& vit, Assumptions& assumptions)
{
    QStringList lines;
    lines << Text::tr("Vision Transformer, patches of %1 px").arg(vit.patchSize);
    lines << Text::tr("%1 blocks, width %2, feed-forward %3").arg(vit.depth).arg(vit.width).arg(vit.feedForward);
    lines << assumptions.marked(Text::tr("%1 heads in each block").arg(vit.heads), QStringLiteral("num_heads"));
    lines << assumptions.marked(Text::tr("activation %1").arg(fromView(toString(vit.activation))),
                                QStringLiteral("activation"));
    lines << assumptions.marked(
        Text::tr("positions of %1 × %1 patches, resampled as %2").arg(vit.grid).arg(fromView(toString(vit.resampling))),
        QStringLiteral("position_resampling"));
    lines << assumptions.marked(Text::tr("norms with eps %1").arg(vit.eps), QStringLiteral("norm_eps"));
    if (vit.prefix() > 1)
        lines << Text::tr("%1 tokens before the patches").arg(vit.prefix());
    return lines;
}

QStringList prototypeLines(const ModelConfig& config, Assumptions& assumptions)
{
    const PrototypeConfig& prototypes = *config.prototypes;
    QStringList lines;
    lines << Text::tr("backbone %1").arg(QString::fromStdString(nameOf(prototypes.features)));
    lines << Text::tr("%1 prototypes of %2 × %3 cells and %4 channels")
                 .arg(prototypes.prototypes)
                 .arg(prototypes.rows)
                 .arg(prototypes.columns)
                 .arg(prototypes.channels());
    if (const auto& tree = prototypes.tree)
        lines << Text::tr("ProtoTree of %n class(es)", nullptr, config.queries)
              << Text::tr("%1 nodes, at most %2 branches one after the other").arg(tree->nodes.size()).arg(tree->depth);
    else
        lines << assumptions.marked(Text::tr("ProtoPNet of %n class(es)", nullptr, config.queries),
                                    QStringLiteral("prototype_class_identity"));
    lines << assumptions.marked(Text::tr("%1 similarity").arg(fromView(toString(prototypes.similarity))),
                                QStringLiteral("prototype_activation_function"));
    lines << assumptions.marked(Text::tr("pictures stretched to %1 px").arg(prototypes.imageSize),
                                QStringLiteral("img_size"));
    return lines;
}

QStringList formerLines(const ModelConfig& config, Assumptions& assumptions)
{
    const FormerConfig& former = *config.former;
    QStringList lines = vitLines(*config.vit, assumptions);
    if (former.classBlocks > 0)
        lines << Text::tr("heads that are mixed, %n block(s) of the class token (CaiT)", nullptr, former.classBlocks);
    lines << Text::tr("ProtoPFormer of %n class(es)", nullptr, config.queries);
    lines << Text::tr("%1 prototypes of patches and %2 of the whole picture, %3 channels")
                 .arg(former.prototypes())
                 .arg(former.globalPrototypes())
                 .arg(former.channels());
    lines << assumptions.marked(Text::tr("%1 similarity").arg(fromView(toString(former.similarity))),
                                QStringLiteral("prototype_activation_function"));
    lines << assumptions.marked(Text::tr("from block %1 on").arg(former.keepLayer + 1),
                                QStringLiteral("reserve_layers"));
    lines << assumptions.marked(Text::tr("%n patch(es) kept", nullptr, former.keep),
                                QStringLiteral("reserve_token_nums"));
    lines << assumptions.marked(Text::tr("%1 of a logit from the whole picture").arg(former.globalShare),
                                QStringLiteral("global_coe"));
    return lines;
}

QStringList conceptLines(const ModelConfig& config, Assumptions& assumptions)
{
    const ConceptConfig& concepts = *config.concepts;
    QStringList lines = vitLines(*config.vit, assumptions);
    lines << Text::tr("Concept Transformer of %n class(es)", nullptr, config.queries);
    lines << Text::tr("%1 concepts of patches and %2 of the whole picture")
                 .arg(concepts.ofPatches)
                 .arg(concepts.ofPicture);
    lines << assumptions.marked(Text::tr("%1 heads of attention to concepts").arg(concepts.heads),
                                QStringLiteral("concept_heads"));
    return lines;
}

QStringList withTheRest(QStringList lines, const Assumptions& assumptions)
{
    if (!assumptions.left().isEmpty())
        lines << Text::tr("also assumed: %1").arg(assumptions.left().join(QStringLiteral(", ")));
    return lines;
}

/// A figure's name as people write it; keys without a figure of their own stay as they are.
QString noteName(const std::string& key)
{
    if (key == "training_command")
        return Text::tr("command");
    if (key == "data_hash")
        return Text::tr("data");
    if (key == "epoch")
        return Text::tr("epoch");
    return key == "val_loss" ? Text::tr("validation loss") : QString::fromStdString(key);
}

} // namespace

QStringList architectureLines(const ModelDescription& model)
{
    const ModelConfig& config = model.config;
    Assumptions assumptions(model.assumed);
    QStringList lines;
    if (config.prototypes)
        return withTheRest(prototypeLines(config, assumptions), assumptions);
    if (config.former)
        return withTheRest(formerLines(config, assumptions), assumptions);
    if (config.concepts)
        return withTheRest(conceptLines(config, assumptions), assumptions);
    if (config.vit)
        lines = vitLines(*config.vit, assumptions);
    if (config.head == HeadKind::Prompts)
        lines << Text::tr("Prompt-CAM of %n class(es)", nullptr, config.queries)
              << Text::tr("prompts of their own in %n block(s)", nullptr, config.promptLayers);
    if (config.head == HeadKind::None && config.queries > 0)
        lines << Text::tr("a head of %n class(es); maps are the same for all", nullptr, config.queries);
    if (config.head == HeadKind::None && config.queries == 0)
        lines << Text::tr("no classes: maps of where its tokens look");
    if (config.head == HeadKind::Prompts || config.head == HeadKind::None)
        return withTheRest(lines, assumptions);
    if (!config.vit)
        addConvolutional(model, assumptions, lines);
    if (config.head == HeadKind::Linear) {
        lines << Text::tr("plain classifier of %n class(es)", nullptr, config.queries);
        return lines;
    }
    lines << Text::tr("%1 classes (queries)").arg(config.queries);
    lines << (config.head == HeadKind::PerClass ? Text::tr("a weight vector for each class (INTR-FC)")
                                                : Text::tr("one presence vector for all classes"));
    lines << Text::tr("%1 encoder and %2 decoder layers").arg(config.encoderLayers).arg(config.decoderLayers);
    lines << assumptions.marked(Text::tr("%1 heads").arg(config.heads), QStringLiteral("nheads"));
    lines << Text::tr("hidden size %1, feed-forward %2").arg(config.hiddenDim).arg(config.feedForward);
    lines << Text::tr("%1 position").arg(fromView(toString(config.position)));
    lines << assumptions.marked(config.preNorm ? Text::tr("norm before each block") : Text::tr("norm after each block"),
                                QStringLiteral("pre_norm"));
    return withTheRest(lines, assumptions);
}

QStringList trainingLines(const ModelDescription& model)
{
    QStringList lines;
    for (const TrainingNote& note : model.training)
        if (note.key != validationEnergiesKey) // numbers for comparison, not for people
            lines
                << Text::tr("%1: %2", "what and its value").arg(noteName(note.key), QString::fromStdString(note.text));
    return lines.isEmpty() ? QStringList{Text::tr("nothing known")} : lines;
}

QString sizeText(const PreprocessOptions& options)
{
    if (options.fixedSide > 0)
        return Text::tr("a square of %1 px").arg(options.fixedSide);
    if (options.cropSide > 0)
        return Text::tr("shorter side to %1 px, of that the middle %2 × %2")
            .arg(options.shortSide)
            .arg(options.cropSide);
    return Text::tr("shorter side to %1, longer within %2 px").arg(options.shortSide).arg(options.longSide);
}

} // namespace ocellus
