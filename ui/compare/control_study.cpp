// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/control_study.h"

#include <nlohmann/json.hpp>

#include "core/session/record_text.h"
#include "ui/compare/controls_panel.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/moved_picture.h"
#include "ui/document/open_model_request.h"
#include "ui/figures/edit_text.h"
#include "ui/figures/figure_text.h"

namespace ocellus {

using nlohmann::json;

namespace {

constexpr std::size_t mostRecords = 100'000; ///< in a file

bool canHaveControls(const Edit& edit)
{
    return edit.enabled && !edit.mask.isNone() && !edit.mask.empty() && !changesGeometry(edit.operation);
}

} // namespace

ControlStudy::ControlStudy(Document& document, LiveAnswer& answer, ControlsPanel& panel, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_answer(answer),
      m_panel(panel),
      m_run(answer.controller()),
      m_firstChoices(panel.choices())
{
    const PictureEditor& editor = document.editor();
    connect(&editor, &PictureEditor::changed, this, &ControlStudy::showEdit);
    connect(&editor, &PictureEditor::selectedEditChanged, this, &ControlStudy::showEdit);
    connect(&editor, &PictureEditor::selectedEditChanged, this, &ControlStudy::showBest);
    connect(&editor, &PictureEditor::editsChanged, this, &ControlStudy::followDocument);
    connect(&document, &Document::requestChanged, this, &ControlStudy::followDocument);
    connect(&document, &Document::modelChanged, this, &ControlStudy::followDocument);
    connect(&answer, &LiveAnswer::resultChanged, this, &ControlStudy::showEdit);
    connect(&answer, &LiveAnswer::resultChanged, this, &ControlStudy::followDocument);
    connect(&panel, &ControlsPanel::startRequested, this, &ControlStudy::start);
    connect(&panel, &ControlsPanel::classChosen, &document, &Document::setCurrentClass);
    connect(&panel, &ControlsPanel::cancelRequested, &m_run, &ControlRun::cancel);
    connect(&m_run, &ControlRun::started, &panel, [&panel] { panel.setRunning(true); });
    connect(&m_run, &ControlRun::progressed, &panel, &ControlsPanel::setProgress);
    connect(&m_run, &ControlRun::cancelled, &panel, [&panel] { panel.setRunning(false); });
    connect(&m_run, &ControlRun::finished, this, &ControlStudy::takeFound);
    connect(&m_run, &ControlRun::failed, this, [this](const Failure& failure) {
        m_panel.setRunning(false);
        if (failure.isCancelled())
            emit noticed(
                tr("The controls of %1 were cancelled: the model is asked otherwise now.").arg(m_asked.result.picture));
        else
            emit failed(failure);
    });
    showEdit();
}

void ControlStudy::followDocument()
{
    if (m_run.isRunning()) {
        if (const QString why = changeSince(m_asked.picture, m_asked.key); !why.isEmpty()) {
            m_run.cancel();
            emit noticed(tr("The controls of %1 were cancelled: %2").arg(m_asked.result.picture, why));
        }
    }
    showBest();
}

void ControlStudy::showBest()
{
    const int best = bestRecord();
    if (best != m_shown) {
        m_shown = best;
        m_panel.setResult(best < 0 ? ControlResult() : m_records[static_cast<std::size_t>(best)].result);
    }
    m_panel.setOutOfDate(outOfDate());
    const bool isElsewhere = m_run.isRunning() && m_asked.picture != m_document.editor().picture();
    m_panel.setRunOf(isElsewhere ? m_asked.result.picture : QString());
}

/// Of the shown picture as it is, of its selected edit before others; else of the picture as it was; else of another
/// one, out of date. The newest of those.
int ControlStudy::bestRecord() const
{
    QString whyNot;
    const int index = editIndex(whyNot);
    const EditList& edits = m_document.editor().state().edits;
    const QString edit = index < 0 ? QString() : describe(edits[static_cast<std::size_t>(index)]);
    int best = -1, bestFit = -1;
    for (std::size_t i = 0; i < m_records.size(); ++i) {
        const ControlRecord& record = m_records[i];
        const bool isOfPicture = record.picture == m_document.editor().picture();
        const bool isOfNow = isOfPicture && changeSince(record.picture, record.key).isEmpty();
        const int fit = isOfPicture + isOfNow + (isOfNow && record.result.edit == edit);
        if (fit >= bestFit) {
            best = static_cast<int>(i);
            bestFit = fit;
        }
    }
    return best;
}

std::vector<ControlStudy::Known> ControlStudy::known() const
{
    std::vector<Known> known;
    for (const ControlRecord& record : m_records)
        known.push_back({record.result, changeSince(record.picture, record.key)});
    return known;
}

ViewKey ControlStudy::keyOfNow() const
{
    ViewKey key = m_answer.openModelKey().withoutIntervention();
    key.edits = contentKey(m_document.editor().state().edits); // the answer waits for the end of a stroke
    return key;
}

QString ControlStudy::outOfDate() const
{
    if (m_shown < 0)
        return {};
    const ControlRecord& shown = m_records[static_cast<std::size_t>(m_shown)];
    if (m_document.editor().picture() != shown.picture)
        return tr("another picture is shown.");
    return changeSince(shown.picture, shown.key);
}

QString ControlStudy::changeSince(const std::filesystem::path& picture, const ViewKey& key) const
{
    const ContentKey unknown;
    ViewKey now = keyOfNow();
    if (picture != m_document.editor().picture()) {
        now.edits = contentKey(m_document.editor().historyOf(picture).state().edits);
        now.picture = unknown;
    }
    if (now.edits != key.edits)
        return tr("the picture's edits have changed.");
    if (now.limit != key.limit)
        return tr("the limit of the classes has changed.");
    if (now.model != key.model)
        return tr("another model is open.");
    // Not known before the file has been read again.
    if (now.picture != unknown && key.picture != unknown && now.picture != key.picture)
        return tr("the picture's file has changed.");
    now.picture = key.picture;
    now.precision = key.precision; // not known while an engine starts
    return now == key ? QString() : tr("pictures are read, resized or asked about otherwise now.");
}

int ControlStudy::editIndex(QString& whyNot) const
{
    const EditList& edits = m_document.editor().state().edits;
    const int selected = m_document.editor().selectedEdit();
    if (!m_answer.result().decoding) {
        whyNot = tr("Open a model and a picture first.");
        return -1;
    }
    if (!m_answer.result().decoding->hasLogits()) {
        whyNot = tr("This model has no classes, so there is no logit whose change controls could be compared with.");
        return -1;
    }
    if (selected >= 0 && selected < static_cast<int>(edits.size())) {
        if (canHaveControls(edits[static_cast<std::size_t>(selected)]))
            return selected;
        whyNot = tr("The selected edit has no place of its own that could be another: it is disabled, or of the whole "
                    "picture.");
        return -1;
    }
    for (int i = static_cast<int>(edits.size()) - 1; i >= 0; --i)
        if (canHaveControls(edits[static_cast<std::size_t>(i)]))
            return i;
    whyNot = tr("Edit a part of the picture first: controls do the same change elsewhere.");
    return -1;
}

void ControlStudy::showEdit()
{
    QString whyNot;
    const int index = editIndex(whyNot);
    const PictureEdits& state = m_document.editor().state();
    std::vector<NamedMask> masks;
    if (index >= 0) {
        const Edit& edit = state.edits[static_cast<std::size_t>(index)];
        for (const NamedMask& mask : state.masks)
            if (mask.mask.pictureSize() == edit.mask.pictureSize() && !mask.mask.empty())
                masks.push_back(mask);
        m_panel.setEdit(describe(edit), {});
    } else {
        m_panel.setEdit({}, whyNot);
    }
    m_panel.setMasks(masks);
}

void ControlStudy::start()
{
    QString whyNot;
    const int index = editIndex(whyNot);
    if (index < 0)
        return;
    ControlRun::Request request;
    request.view = openModelRequest(m_document);
    request.view.intervention = {};
    request.edit = static_cast<std::size_t>(index);
    request.count = m_panel.count();
    request.place = m_panel.place();
    request.animal = m_panel.animal();
    const Explanation shown = m_answer.explanationOfHeads();
    ControlRecord asked;
    ControlResult& words = asked.result;
    words.edit = describe(request.view.edits.at(request.edit));
    EditList others = request.view.edits;
    others.erase(others.begin() + index);
    words.others = describe(others);
    words.limit = shown.limit;
    words.picture = m_document.pictures().distinctName(request.view.picture);
    words.place = m_panel.placeText();
    words.caption = FigureText::madeBy(shown);
    asked.picture = request.view.picture;
    asked.key = keyOfNow();
    m_run.cancel();
    m_asked = std::move(asked);
    m_run.start(request);
}

void ControlStudy::takeFound(const ControlRun::Found& found)
{
    ControlRecord record = m_asked;
    ControlResult& result = record.result;
    result.classIndex = found.classIndex;
    result.className = m_document.classNames().label(found.classIndex);
    result.asked = found.result.asked;
    result.shortfall = found.result.shortfall;
    result.before = found.result.before;
    result.change = found.result.change;
    result.controls = found.result.controls;
    m_panel.setRunning(false);
    if (result.isEmpty()) { // what was found before is more
        if (m_shown < 0)
            m_panel.setResult(result);
        else
            emit noticed(tr("No controls of %1: %2").arg(result.picture, result.shortfall));
        showBest();
        return;
    }
    std::erase_if(m_records, [&](const ControlRecord& older) {
        return older.picture == record.picture &&
               ((older.key == record.key && older.result.edit == result.edit) || older.key.edits != record.key.edits);
    });
    m_records.push_back(std::move(record));
    m_shown = -1; // places have moved
    showBest();
    emit keptChanged();
}

std::string ControlStudy::kept() const
{
    const json form = jsonOf(m_panel.choices());
    if (m_records.empty() && form == jsonOf(m_firstChoices))
        return {};
    // One alone as in files from before there could be more.
    json results;
    if (m_records.size() == 1)
        results = jsonOf(m_records.front());
    else
        for (const ControlRecord& record : m_records)
            results.push_back(jsonOf(record));
    return recordText(json{{"form", form}, {"results", std::move(results)}});
}

void ControlStudy::restore(const std::string& kept)
{
    m_run.cancel();
    m_records.clear();
    m_shown = -1;
    m_panel.setResult({});
    m_panel.setOutOfDate({});
    if (kept.empty())
        return;
    try {
        const SessionReader reader(tr("the session's controls").toStdString(), {});
        const json value = parsedRecord(reader, kept);
        reader.requireKeys(value, "controls", {"form", "results"});
        const ControlChoices choices = controlChoicesIn(reader, value["form"]);
        std::vector<ControlRecord> records;
        const auto take = [&](const json& item) {
            records.push_back(controlRecordIn(reader, item));
            records.back().picture = movedPicture(m_document.pictures(), records.back().picture);
        };
        const json& results = value["results"];
        if (results.is_array()) {
            reader.requireArray(results, "results", mostRecords);
            for (const json& item : results)
                take(item);
        } else if (!results.is_null()) {
            take(results);
        }
        m_records = std::move(records);
        m_panel.setChoices(choices);
        showBest();
    } catch (const Error&) {
        emit failed(failureOf(Step::Session, std::current_exception()));
    }
}

} // namespace ocellus
