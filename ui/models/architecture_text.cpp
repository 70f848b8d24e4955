// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/architecture_text.h"

#include <algorithm>

#include <QCoreApplication>

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

} // namespace

QStringList architectureLines(const ModelDescription& model)
{
    const ModelConfig& config = model.config;
    Assumptions assumptions(model.assumed);
    QStringList lines;
    lines << Text::tr("backbone %1").arg(fromView(toString(config.backbone)));
    lines << assumptions.marked(
        Text::tr("stride %1%2").arg(model.field.stride).arg(config.dilation ? Text::tr(", dilated (DC5)") : QString()),
        QStringLiteral("dilation"));
    lines << Text::tr("%1 classes (queries)").arg(config.queries);
    lines << Text::tr("%1 encoder and %2 decoder layers").arg(config.encoderLayers).arg(config.decoderLayers);
    lines << assumptions.marked(Text::tr("%1 heads").arg(config.heads), QStringLiteral("nheads"));
    lines << Text::tr("hidden size %1, feed-forward %2").arg(config.hiddenDim).arg(config.feedForward);
    lines << Text::tr("%1 position").arg(fromView(toString(config.position)));
    lines << assumptions.marked(config.preNorm ? Text::tr("norm before each block") : Text::tr("norm after each block"),
                                QStringLiteral("pre_norm"));
    if (!assumptions.left().isEmpty())
        lines << Text::tr("also assumed: %1").arg(assumptions.left().join(QStringLiteral(", ")));
    return lines;
}

} // namespace ocellus
