// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/model_card.h"

#include <algorithm>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QFont>
#include <QStringList>
#include <QTextDocument>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/checkpoint.h"
#include "ui/figures/number_text.h"
#include "ui/training/run_advice.h"
#include "ui/training/run_launcher.h"
#include "ui/training/training_run.h"

namespace ocellus {

namespace {

constexpr int few = 5; ///< species, among which the first five are all

class Card {
    Q_DECLARE_TR_FUNCTIONS(ocellus::ModelCard)
};

/// A name from elsewhere is no markup, and breaks no table.
QString plain(const QString& text)
{
    QString safe;
    for (const QChar letter : text.simplified()) {
        if (QStringLiteral("\\`*_{}[]<>#|!").contains(letter))
            safe += '\\';
        safe += letter;
    }
    return safe;
}

/// Paths tell of this computer what nobody else has a use for.
QString withoutFolders(const QString& word)
{
    return QDir::isAbsolutePath(word) ? QFileInfo(word).fileName() : word;
}

/// What the weights say of themselves; null where they cannot be read.
nlohmann::json factsOf(const TrainingRun& run)
{
    try {
        return Checkpoint::open(run.best())->args();
    } catch (const Error&) {
        return {};
    }
}

QString fact(const nlohmann::json& facts, const char* key)
{
    const auto found = facts.is_object() ? facts.find(key) : facts.end();
    return facts.is_object() && found != facts.end() && found->is_string()
               ? QString::fromStdString(found->get<std::string>())
               : QString();
}

QStringList classesOf(const nlohmann::json& facts)
{
    QStringList names;
    const nlohmann::json list = nlohmann::json::parse(fact(facts, "class_names").toStdString(), nullptr, false);
    if (list.is_array())
        for (const nlohmann::json& name : list)
            if (name.is_string())
                names << QString::fromStdString(name.get<std::string>());
    return names;
}

QString row(const QString& what, const QString& value)
{
    return QStringLiteral("| %1 | %2 |\n").arg(what, value);
}

QString recipeText(const TrainingRun& run)
{
    QStringList words = launcher::arguments(run.folder, run.record.options, false);
    std::ranges::transform(words, words.begin(), withoutFolders);
    return launcher::commandText(words);
}

} // namespace

QString modelCardText(const TrainingRun& run)
{
    const nlohmann::json facts = factsOf(run);
    const auto best = run.bestEpoch();
    QString text = QStringLiteral("# %1\n\n").arg(plain(run.record.title));
    text += Card::tr("A model that tells %n species apart, made with Ocellus.", nullptr, run.record.classes) +
            QStringLiteral("\n\n| | |\n|---|---|\n");
    text += row(Card::tr("File"), QStringLiteral("`best.safetensors`"));
    text += row(Card::tr("Trained"), run.record.created.toString(Qt::ISODate));
    text += row(Card::tr("Data set"), plain(run.record.dataset));
    text += row(Card::tr("SHA-256 of the pictures"), QStringLiteral("`%1`").arg(fact(facts, "data_hash")));
    text += row(Card::tr("Pictures to learn from"), countText(run.record.train));
    text += row(Card::tr("Pictures to judge by"), countText(run.record.val));
    text +=
        row(Card::tr("Started from"), plain(withoutFolders(fact(facts, "backbone_weights") + fact(facts, "finetune"))));
    text +=
        row(Card::tr("Licence"), Card::tr("(to be filled in; that of the pictures and of the weights may bind you)"));
    text += QStringLiteral("\n## %1\n\n").arg(Card::tr("How good it is"));
    if (best) {
        text +=
            Card::tr("On the validation pictures, from which it never learned, but by which the best of %n epoch(s) "
                     "was chosen:",
                     nullptr, static_cast<int>(run.epochs.size())) +
            QStringLiteral("\n\n| | |\n|---|---|\n");
        text += row(Card::tr("Right"), accuracyText(best->accuracy1, run.record.val));
        if (run.record.classes > few)
            text += row(Card::tr("Right among the first five"), accuracyText(best->accuracy5, run.record.val));
        text += row(Card::tr("Loss"), lossText(best->valLoss));
        text += row(Card::tr("Epoch"), QString::number(best->epoch));
        text += QStringLiteral("\n%1\n").arg(plain(bestText(run)));
    }
    text += QStringLiteral("\n## %1\n\n").arg(Card::tr("Limits"));
    text +=
        Card::tr("It knows the species below and no others: whatever it is shown, it names one of them. Pictures of "
                 "other places, seasons or cameras than those it learned from may fare worse than the numbers say.") +
        QStringLiteral("\n");
    for (const QString& advice : adviceOn(run))
        text += QStringLiteral("\n- %1").arg(plain(advice));
    text += QStringLiteral("\n\n## %1\n\n    ocellus-cli %2\n").arg(Card::tr("Recipe"), recipeText(run));
    if (const QStringList names = classesOf(facts); !names.isEmpty()) {
        text += QStringLiteral("\n## %1\n").arg(Card::tr("Species"));
        for (const QString& name : names)
            text += QStringLiteral("\n- %1").arg(plain(name));
        text += '\n';
    }
    return text;
}

std::filesystem::path modelCardOf(const std::filesystem::path& run)
{
    return run / "model-card.md";
}

std::filesystem::path writeModelCard(const TrainingRun& run)
{
    const std::filesystem::path path = modelCardOf(run.folder);
    const QString text = modelCardText(run);
    writeFileAtomically(path, text.toStdString());
    // A browser shows this to those who have no use for Markdown.
    QTextDocument page;
    page.setMetaInformation(QTextDocument::DocumentTitle, run.record.title);
    page.setDefaultFont(QFont(QStringLiteral("sans-serif")));
    page.setMarkdown(text, QTextDocument::MarkdownDialectGitHub);
    writeFileAtomically(std::filesystem::path(path).replace_extension(".html"), page.toHtml().toStdString());
    return path;
}

} // namespace ocellus
