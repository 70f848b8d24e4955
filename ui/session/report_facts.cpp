// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/report_facts.h"

#include <QCoreApplication>
#include <QDateTime>

#include "ui/document/document.h"
#include "ui/document/key_text.h"
#include "ui/document/live_answer.h"
#include "ui/document/map_kind.h"
#include "ui/engine/paths.h"
#include "ui/figures/map_names.h"
#include "ui/figures/number_text.h"
#include "ui/models/architecture_text.h"

namespace ocellus {

namespace {

/// The words of this file.
class FactsText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::ReportFacts)
};

QString classesText(const Document& document)
{
    const std::filesystem::path table = document.classTable();
    if (!table.empty())
        return FactsText::tr("%1, named by %2").arg(document.classCount()).arg(toQString(table.filename()));
    return document.classNames().areKnown() ? FactsText::tr("%1, named by the model").arg(document.classCount())
                                            : FactsText::tr("%1, without names").arg(document.classCount());
}

} // namespace

ReportFacts factsOf(const Document& document, const LiveAnswer& answer, const std::filesystem::path& sessionFile)
{
    ReportFacts facts;
    const auto add = [&facts](const QString& name, const QString& value) {
        if (!value.isEmpty())
            facts.emplace_back(name, value);
    };
    if (!sessionFile.empty())
        add(FactsText::tr("Session"), toQString(sessionFile.filename()));
    if (const auto& model = document.model()) {
        add(FactsText::tr("Model"), QStringLiteral("%1 (%2, %3 parameters)")
                                        .arg(toQString(model->path.filename()), QString::fromStdString(model->format),
                                             countText(static_cast<long long>(model->parameters))));
        add(FactsText::tr("SHA-256"), QString::fromStdString(model->sha256));
        add(FactsText::tr("State dict"), QString::fromStdString(originText(model->stateDict)));
        add(FactsText::tr("Architecture"), architectureLines(*model).join(QStringLiteral("; ")));
        add(FactsText::tr("Training"), trainingLines(*model).join(QStringLiteral("; ")));
        add(FactsText::tr("Classes"), classesText(document));
        add(FactsText::tr("Input"), sizeText(answer.wantedKey().preprocess));
        add(FactsText::tr("Notices"), noticesOf(answer.wantedKey(), model).join(QStringLiteral("; ")));
    }
    add(FactsText::tr("Made by"), QStringLiteral("Ocellus %1, %2")
                                      .arg(QCoreApplication::applicationVersion(),
                                           QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"))));
    return facts;
}

ReportSection notesOf(const Document& document)
{
    ReportSection section;
    section.title = FactsText::tr("Notes on maps");
    ReportTable table{FactsText::tr("A class's own note stands in the place of the one of all classes"),
                      {FactsText::tr("Class"), FactsText::tr("Map"), FactsText::tr("Note")},
                      {},
                      {}};
    for (const HeadNote& note : document.headNotes().ofModel())
        table.rows.push_back(
            {note.classIndex < 0 ? FactsText::tr("all classes") : document.classNames().label(note.classIndex),
             mapNameOf(document, note), QString::fromStdString(note.text)});
    if (!table.rows.empty())
        section.tables.push_back(std::move(table));
    return section;
}

} // namespace ocellus
