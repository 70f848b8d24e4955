// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/experiment_commands.h"

#include <utility>

#include <QDir>
#include <QFileInfo>

#include "core/io/atomic_file.h"
#include "ui/engine/paths.h"
#include "ui/experiment/experiment_form.h"
#include "ui/experiment/experiment_study.h"

namespace ocellus {

namespace {

std::string textOf(const nlohmann::ordered_json& value)
{
    return value.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

} // namespace

ExperimentCommands::ExperimentCommands(ExperimentPage& page, ExperimentStudy& study, Settings& settings,
                                       AskForFiles ask, QObject* parent)
    : QObject(parent),
      m_page(page),
      m_study(study),
      m_settings(settings),
      m_ask(ask),
      m_question(std::move(ask), settings, &page)
{
    connect(page.form()->region(), &RegionForm::fileRequested, this, &ExperimentCommands::askForFile);
    connect(&page, &ExperimentPage::exportRequested, this, &ExperimentCommands::write);
    connect(&m_exporter, &Exporter::failed, this, &ExperimentCommands::failed);
    connect(&m_exporter, &Exporter::written, &page,
            [&page](const QString& path) { page.setNote(tr("Wrote %1").arg(QDir::toNativeSeparators(path))); });
}

void ExperimentCommands::askForFile(RegionForm::Kind kind)
{
    const bool isFolder = kind == RegionForm::MaskFiles;
    const FileQuestion question{isFolder ? FileQuestion::Kind::OpenFolder : FileQuestion::Kind::OpenFile,
                                isFolder ? tr("Folder of mask files") : tr("Part points"),
                                m_settings.text(Setting::LastFolder),
                                isFolder ? QString() : tr("Comma-separated values (*.csv)"),
                                {}};
    m_ask(&m_page, question, [this, kind](const QStringList& paths) {
        if (!paths.isEmpty())
            m_page.form()->region()->setFile(kind, paths.first());
    });
}

void ExperimentCommands::write(ExperimentPage::Export what)
{
    switch (what) {
    case ExperimentPage::Export::Table:
        save(tr("Export table"), tr("Comma-separated values (*.csv)"), QStringLiteral("experiment.csv"),
             [csv = m_study.table()](const std::filesystem::path& path) { writeFileAtomically(path, csv); });
        return;
    case ExperimentPage::Export::Sheets:
        save(tr("Export contact sheets"), tr("PNG (*.png);;PDF (*.pdf);;SVG (*.svg)"), QStringLiteral("experiment.png"),
             m_study.sheetWriter());
        return;
    case ExperimentPage::Export::Summary:
        save(tr("Export summary"), tr("Markdown (*.md);;JSON (*.json)"), QStringLiteral("experiment.md"),
             [reporter = m_study.reporter()](const std::filesystem::path& path) {
                 const ExperimentReport report = reporter();
                 writeFileAtomically(path, path.extension() == ".json" ? textOf(asJson(report)) : asMarkdown(report));
             });
        return;
    case ExperimentPage::Export::Recipe: break;
    }
    save(tr("Export recipe"), tr("JSON (*.json)"), QStringLiteral("recipe.json"),
         [recipe = m_study.recipe()](const std::filesystem::path& path) {
             writeFileAtomically(path, textOf(nlohmann::ordered_json(jsonOf(recipe))));
         });
}

void ExperimentCommands::save(const QString& title, const QString& filter, const QString& proposedName,
                              std::function<void(const std::filesystem::path&)> write)
{
    m_question.ask(
        title, filter, proposedName,
        [this, write = std::move(write)](const QString& path) {
            m_exporter.write(path, [path, write] { write(toPath(path)); });
        },
        [this](const Failure& why) { emit failed(why); });
}

} // namespace ocellus
