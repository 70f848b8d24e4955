// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/document.h"

#include <algorithm>
#include <utility>

#include "ui/document/setting_groups.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace {

std::filesystem::path plainPath(const std::filesystem::path& path)
{
    return std::filesystem::absolute(path).lexically_normal();
}

/// A journal may end before the choice of a picture was recorded: then what was edited is shown.
int pictureToShow(const RestoredWork& work)
{
    if (work.picture >= 0)
        return work.picture;
    const auto edited = std::ranges::find_if(work.pictures, [](const RestoredWork::EditedPicture& picture) {
        return picture.history.state() != PictureEdits() || !picture.byHand.empty();
    });
    return edited == work.pictures.end() ? -1 : static_cast<int>(edited - work.pictures.begin());
}

} // namespace

Document::Document(Settings& settings, QObject* parent)
    : QObject(parent),
      m_settings(settings),
      m_names(settings),
      m_display(displayChoice(settings))
{
    connect(&m_names, &ClassNames::changed, this, &Document::publishClassNames);
    connect(&m_names, &ClassNames::read, this, &Document::noticed);
    connect(&m_names, &ClassNames::failed, this, &Document::failed);
    connect(&settings, &Settings::changed, this, &Document::takeSetting);
    connect(&m_editor, &PictureEditor::failed, this, &Document::failed);
    connect(&m_editor, &PictureEditor::editsChanged, this, &Document::takeEdits);
    m_edits = contentKey(m_editor.state().edits);
}

void Document::takeEdits()
{
    m_edits = contentKey(m_editor.state().edits);
    recallIntervention();
}

void Document::openCheckpoint(const std::filesystem::path& path)
{
    const std::filesystem::path wanted = plainPath(path);
    if (wanted != m_checkpoint) { // what waits is for the one that was on its way
        m_waitingTable.clear();
        m_waiting.reset();
        m_given = {};
    }
    m_checkpoint = wanted;
    emit requestChanged();
}

void Document::setGiven(const ModelSettings& given)
{
    if (given == m_given)
        return;
    m_given = given;
    emit requestChanged();
}

void Document::takeModel(const ModelDescription& model)
{
    // A model that was opened for a request taken back since: the next request opens the wanted one again.
    if (model.path != m_checkpoint || model.given != m_given)
        return;
    const bool sameFile = m_model && m_model->sha256 == model.sha256;
    const ModelOffer& before = m_model ? m_model->offer : ModelOffer();
    const bool sameModel = sameFile && before.classes == model.offer.classes && before.layers == model.offer.layers &&
                           before.heads == model.offer.heads;
    const bool isReadOtherwise = sameFile && m_model->given != model.given;
    m_model = model;
    if (isReadOtherwise)
        recallIntervention();
    m_headNotes.setModel(model.sha256);
    m_settings.addRecent(Setting::RecentCheckpoints, toQString(model.path));
    const std::filesystem::path table = std::exchange(m_waitingTable, {});
    if (sameModel) {
        emit modelChanged();
        if (!table.empty())
            m_names.load(table, model, m_waitingKeep);
        takeWaitingChoices();
        if (m_limit.querySet() != QuerySet() || !intervention().empty()) // asked for without, see request()
            emit requestChanged();
        return;
    }
    m_limit = {};
    m_class = -1;
    recallIntervention();
    m_head = std::min(m_head, headCount());
    m_isHeadChosen = false;
    m_display.layer = std::max(0, layerCount() - 1);
    m_display.lockRange = false;
    try {
        m_names.choose(model, table, m_waitingKeep);
    } catch (...) {
        emit failed(failureOf(Step::ClassTable, std::current_exception()));
    }
    emit modelChanged();
    publishClassNames();
    emit limitChanged();
    emit displayChanged();
    emit currentClassChanged(m_class);
    takeWaitingChoices();
}

void Document::giveUpModel()
{
    m_checkpoint = m_model ? m_model->path : std::filesystem::path();
    m_given = m_model ? m_model->given : ModelSettings();
    m_waitingTable.clear();
    m_waiting.reset();
}

void Document::takeBack(const LimitChoice& limit)
{
    if (m_interventions.takeBack(content())) {
        emit interventionsKept(m_picture);
        emit interventionChanged();
    }
    if (m_limit.querySet() != limit.querySet()) {
        m_limit = limit;
        recallIntervention();
        emit limitChanged();
    }
}

/// For the model that is open already. Without a table its names are those that it opens with: what stands there may be
/// another session's.
void Document::takeWaitingTable()
{
    const std::filesystem::path table = std::exchange(m_waitingTable, {});
    if (!m_model) {
        if (!table.empty())
            loadClassTable(table); // which says what it lacks
    } else if (!table.empty()) {
        m_names.load(table, *m_model, m_waitingKeep);
    } else if (m_names.path() != m_names.rememberedFor(*m_model)) {
        try {
            m_names.choose(*m_model);
        } catch (...) {
            emit failed(failureOf(Step::ClassTable, std::current_exception()));
        }
        publishClassNames();
    }
}

void Document::takeWaitingChoices()
{
    if (!m_waiting)
        return;
    const RestoredWork work = *std::exchange(m_waiting, std::nullopt);
    showAs(work.display); // the user's own choice stays for other work
    setHead(std::clamp(work.head, 0, headCount()));
    LimitChoice limit = work.limit;
    limit.active.removeIf([this](int classIndex) { return classIndex >= classCount(); });
    if (!canLimit(m_model->offer, limit.kind)) // the work's model was another one
        limit.kind = LimitChoice::Kind::All;
    setLimit(limit);
    if (work.classIndex < classCount())
        chooseClass(work.classIndex);
}

void Document::loadClassTable(const std::filesystem::path& path)
{
    if (isModelOnItsWay()) {
        m_waitingTable = path;
        m_waitingKeep = ClassNames::Keep::Remembered;
        return;
    }
    if (!m_model) {
        emit noticed(tr("Open a model first: a class table belongs to a model."));
        return;
    }
    m_names.load(path, *m_model);
}

std::filesystem::path Document::classTable() const
{
    return m_model ? m_names.path() : std::filesystem::path();
}

void Document::forgetClassTable()
{
    if (!m_model)
        return;
    m_names.forget(*m_model);
    publishClassNames();
}

void Document::publishClassNames()
{
    m_pictures.setClassTable(m_names.areKnown() ? m_names.table() : ClassTable());
    for (int row = 0; row < m_pictures.rowCount(); ++row) {
        const QModelIndex index = m_pictures.index(row);
        const int predicted = index.data(PictureListModel::PredictedClassRole).toInt();
        if (predicted >= 0)
            m_pictures.setPrediction(
                row, {predicted, m_names.name(predicted), index.data(PictureListModel::ProbabilityRole).toDouble()});
    }
    emit classNamesChanged();
}

void Document::addPictures(const std::vector<ImageFile>& files)
{
    setCurrentPicture(m_pictures.addPictures(files));
}

void Document::removePicture(int row)
{
    const bool wasCurrent = row == currentPicture();
    m_pictures.removePicture(row);
    if (!wasCurrent)
        return;
    choosePicture(m_pictures.path(std::min(row, m_pictures.rowCount() - 1)));
    emit requestChanged();
}

void Document::insertPicture(int row, const ImageFile& file)
{
    if (m_pictures.rowOf(file.path) < 0)
        m_pictures.insertPicture(row, file);
    setCurrentPicture(m_pictures.rowOf(file.path));
}

void Document::restore(const RestoredWork& work)
{
    emit restoring();
    choosePicture({});
    m_class = -1;
    setFigure(work.figure);
    m_editor.forgetAll();
    m_interventions.clear();
    std::vector<ImageFile> files;
    for (const RestoredWork::EditedPicture& picture : work.pictures) {
        const std::filesystem::path path = plainPath(picture.path);
        files.push_back({path, path.filename(), path.parent_path().filename().string()});
        m_editor.setHistory(path, picture.history);
        restoreInterventions(interventionModel(work.modelSha256, work.given), path, picture.byHand);
    }
    if (!work.checkpoint.empty()) {
        m_checkpoint = plainPath(work.checkpoint);
        m_given = work.given;
    }
    m_waiting = work;
    m_waitingTable = work.classTable;
    m_waitingKeep = ClassNames::Keep::ForNow;
    m_pictures.setPictures(files);
    choosePicture(m_pictures.path(pictureToShow(work)));
    if (!isModelOnItsWay()) {
        takeWaitingTable();
        takeWaitingChoices();
    }
    emit requestChanged();
}

void Document::takeChangedFile()
{
    m_content = {};
    const bool hadInterventions = m_interventions.forget(m_picture);
    recallIntervention();
    if (hadInterventions)
        emit interventionsKept(m_picture);
    emit pictureFileChanged(currentPicture());
    emit requestChanged();
}

void Document::takeContent(const std::filesystem::path& picture, const ContentKey& content)
{
    m_content = {picture, decodeOptions(m_settings), content};
    if (!m_interventions.forgetOther(picture, m_content.decode, content))
        return;
    emit noticed(tr("%1 has changed since something was taken away in it by hand: that is forgotten.")
                     .arg(toQString(picture.filename())));
    emit interventionsKept(picture);
    if (picture != m_picture)
        return;
    recallIntervention();
    emit requestChanged();
}

ContentKey Document::contentOf(const std::filesystem::path& picture, const DecodeOptions& decode) const
{
    return m_content.picture == picture && m_content.decode == decode ? m_content.key : ContentKey();
}

void Document::setCurrentPicture(int row)
{
    const std::filesystem::path path = m_pictures.path(row);
    if (path.empty() || path == m_picture)
        return;
    choosePicture(path);
    emit requestChanged();
}

void Document::choosePicture(const std::filesystem::path& path)
{
    if (path == m_picture)
        return;
    m_picture = path;
    m_editor.setPicture(path);
    takeEdits();
    emit currentPictureChanged(currentPicture());
}

void Document::setCurrentClass(int classIndex)
{
    if (classIndex < 0 || classIndex >= classCount())
        return;
    const QuerySet set = m_limit.querySet();
    if (set.mode == LimitMode::Drop && std::ranges::find(set.active, classIndex) == set.active.end()) {
        emit noticed(tr("Class %1 has left the decoder (drop), so it has no map.").arg(m_names.label(classIndex)));
        emit currentClassChanged(m_class);
        return;
    }
    chooseClass(classIndex);
}

void Document::chooseClass(int classIndex)
{
    if (classIndex == m_class)
        return;
    m_class = classIndex;
    const bool isTakenElsewhere = recallIntervention();
    emit currentClassChanged(m_class);
    if (isTakenElsewhere)
        emit requestChanged();
}

void Document::setHead(int head)
{
    if (head < 0 || head > headCount())
        return;
    m_isHeadChosen = true;
    showHead(head);
}

void Document::suggestHead(int head)
{
    if (!m_isHeadChosen && head >= 0 && head <= headCount())
        showHead(head);
}

void Document::showHead(int head)
{
    if (head == m_head)
        return;
    m_head = head;
    emit headChanged(m_head);
}

void Document::setLimit(const LimitChoice& limit)
{
    if (limit == m_limit)
        return;
    const bool sameForModel = limit.querySet() == m_limit.querySet();
    m_limit = limit;
    if (!sameForModel)
        recallIntervention();
    emit limitChanged();
    if (!sameForModel)
        emit requestChanged();
}

void Document::setIntervention(const AttentionIntervention& intervention)
{
    if (intervention == this->intervention())
        return;
    const AttentionIntervention before = this->intervention();
    m_interventions.choose(intervention, content());
    emit interventionsKept(m_picture);
    emit interventionChosen(before);
    emit interventionChanged();
    emit requestChanged();
}

bool Document::giveUpIntervention()
{
    if (!m_interventions.giveUp())
        return false;
    emit interventionsKept(m_picture);
    emit interventionChanged();
    return true;
}

InterventionModel Document::interventionModel(const std::string& sha256, const ModelSettings& given) const
{
    return {sha256, given, decodeOptions(m_settings), preprocessOptions(m_settings),
            m_settings.boolean(Setting::ModelsOwnSize)};
}

/// What is taken away where one is now. False where that is what was taken away before.
bool Document::recallIntervention()
{
    const InterventionModel model =
        m_model ? interventionModel(m_model->sha256, m_model->given) : interventionModel({}, {});
    const bool isOther = m_interventions.goTo({model, m_picture, m_edits, m_limit.querySet(), m_class});
    emit interventionDropped();
    if (isOther)
        emit interventionChanged();
    return isOther;
}

void Document::restoreInterventions(const InterventionModel& model, const std::filesystem::path& picture,
                                    const std::vector<StoredIntervention>& byHand)
{
    for (const StoredIntervention& stored : byHand)
        m_interventions.put({model, plainPath(picture), stored.edits, stored.set, stored.intervention.classIndex},
                            stored.intervention, {});
}

void Document::setDisplay(const DisplayChoice& display)
{
    const DisplayChoice before = m_display;
    showAs(display);
    keepChanges(m_settings, before, m_display);
}

void Document::showAs(const DisplayChoice& display)
{
    if (display == m_display)
        return;
    m_display = display;
    m_display.layer = std::clamp(display.layer, 0, std::max(0, layerCount() - 1));
    emit displayChanged();
}

void Document::setLayer(int layer)
{
    DisplayChoice display = m_display;
    display.layer = std::clamp(layer, 0, std::max(0, layerCount() - 1));
    setDisplay(display);
}

void Document::setFigure(const std::optional<PlateOptions>& figure)
{
    if (figure == m_figure)
        return;
    m_figure = figure;
    emit figureChanged();
}

ViewRequest Document::request() const
{
    ViewRequest request;
    request.engine = engineOptions(m_settings);
    request.engine.model = m_given;
    request.checkpoint = m_checkpoint;
    request.picture = m_picture;
    request.decode = decodeOptions(m_settings);
    request.preprocess = preprocessOptions(m_settings);
    request.ownPreprocess = m_settings.boolean(Setting::ModelsOwnSize);
    request.edits = m_editor.state().edits;
    // Limit and intervention speak of the open model's classes.
    if (!isModelOnItsWay()) {
        request.set = m_limit.querySet();
        request.intervention = intervention();
    }
    return request;
}

void Document::takeSetting(Setting setting)
{
    if (concernsEngine(setting)) {
        if (concernsInput(setting)) // another grid has other cells
            recallIntervention();
        emit requestChanged();
        return;
    }
    const ColourMap kept = displayChoice(m_settings).style.colourMap;
    if (setting == Setting::ColourMap && kept != m_display.style.colourMap) {
        DisplayChoice display = m_display;
        display.style.colourMap = kept;
        setDisplay(display);
    }
}

} // namespace ocellus
