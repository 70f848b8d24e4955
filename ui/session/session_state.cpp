// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session_state.h"

#include <QCoreApplication>

#include "ui/document/setting_groups.h"
#include "ui/session/display_json.h"

namespace ocellus {

namespace {

/// What is checked is remembered also where it limits nothing.
QuerySet checkedSet(const LimitChoice& limit)
{
    return {limit.mode(), {limit.active.begin(), limit.active.end()}};
}

LimitChoice limitOf(const SessionView& view)
{
    LimitChoice limit = choiceOf(view.limit);
    if (view.filter) // which some files have with the mode of the limit before
        limit.kind = LimitChoice::Kind::Filter;
    return limit;
}

} // namespace

std::vector<FileReference> picturesOf(const Document& document)
{
    std::vector<FileReference> files;
    for (int row = 0; row < document.pictures().rowCount(); ++row)
        files.push_back({document.pictures().path(row), {}, 0});
    return files;
}

std::optional<FileReference> modelOf(const Document& document)
{
    if (const auto& model = document.model())
        return FileReference{model->path, model->sha256, model->fileBytes, model->given};
    return std::nullopt;
}

std::vector<StoredIntervention> byHandOf(const Document& document, const FileReference& model,
                                         const std::filesystem::path& picture)
{
    const InterventionModel reading = document.interventionModel(model.sha256, model.given);
    std::vector<StoredIntervention> byHand;
    for (const InterventionBook::Page& page : document.interventions().pages())
        if (page.place.model == reading && page.place.picture == picture)
            byHand.push_back({page.place.edits, page.place.limit, page.intervention});
    return byHand;
}

std::optional<FileReference> classesOf(const Document& document)
{
    const std::filesystem::path table = document.classTable();
    return table.empty() ? std::nullopt : std::optional(FileReference{table, {}, 0});
}

SessionView viewOf(const Document& document)
{
    SessionView view;
    view.picture = document.currentPicture();
    view.classIndex = document.currentClass();
    view.head = document.head();
    view.layer = document.display().layer;
    view.limit = checkedSet(document.limit());
    view.filter = document.limit().kind == LimitChoice::Kind::Filter;
    view.display = jsonOf(document.display(), document.figure());
    return view;
}

SessionInput inputOf(const Settings& settings)
{
    return {preprocessOptions(settings), settings.boolean(Setting::ModelsOwnSize),
            settings.boolean(Setting::IgnoreExif), decodeOptions(settings).range,
            settings.boolean(Setting::ConvertToSrgb)};
}

Session sessionOf(const Document& document, const Settings& settings)
{
    Session session;
    session.program = QCoreApplication::applicationVersion().toStdString();
    session.model = modelOf(document);
    session.classes = classesOf(document);
    for (FileReference& file : picturesOf(document)) {
        PictureEdits edits = document.editor().historyOf(file.path).state();
        session.pictures.push_back({std::move(file), std::move(edits)});
    }
    session.input = inputOf(settings);
    session.view = viewOf(document);
    return session;
}

RestoredWork workOf(const Session& session, const std::shared_ptr<StepStore>& store)
{
    RestoredWork work;
    if (session.model) {
        work.checkpoint = session.model->path;
        work.given = session.model->given;
        work.modelSha256 = session.model->sha256;
    }
    if (session.classes)
        work.classTable = session.classes->path;
    for (const SessionPicture& picture : session.pictures)
        work.pictures.push_back({picture.file.path, EditHistory(picture.edits, store), picture.byHand});
    work.picture = session.view.picture;
    work.classIndex = session.view.classIndex;
    work.head = session.view.head;
    work.limit = limitOf(session.view);
    work.display = displayOf(session.view.display);
    work.display.layer = session.view.layer;
    work.figure = plateOptionsIn(session.view.display);
    return work;
}

void useInput(Settings& settings, const SessionInput& input)
{
    settings.overrideValue(Setting::ModelsOwnSize, input.ownPreprocess);
    settings.overrideValue(Setting::ShortSide, input.preprocess.shortSide);
    settings.overrideValue(Setting::LongSide, input.preprocess.longSide);
    settings.overrideValue(Setting::FixedSide, input.preprocess.fixedSide);
    settings.overrideValue(Setting::IgnoreExif, input.ignoreExif);
    settings.overrideValue(Setting::SampleRange, QString::fromStdString(toString(input.range)));
    settings.overrideValue(Setting::ConvertToSrgb, input.convertToSrgb);
}

} // namespace ocellus
