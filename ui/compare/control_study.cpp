// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/control_study.h"

#include <nlohmann/json.hpp>

#include "core/session/record_text.h"
#include "ui/compare/control_record.h"
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
        if (!failure.isCancelled()) // another model is open by now
            emit failed(failure);
    });
    showEdit();
}

void ControlStudy::followDocument()
{
    if (!outOfDate().isEmpty())
        m_run.cancel();
    m_panel.setOutOfDate(outOfDate());
}

ViewKey ControlStudy::keyOfNow() const
{
    ViewKey key = m_answer.openModelKey().withoutIntervention();
    key.edits = contentKey(m_document.editor().state().edits); // the answer waits for the end of a stroke
    return key;
}

QString ControlStudy::outOfDate() const
{
    if (m_picture.empty())
        return {};
    ViewKey now = keyOfNow();
    if (m_document.editor().picture() != m_picture)
        return tr("another picture is shown.");
    if (now.edits != m_key.edits)
        return tr("the picture's edits have changed.");
    if (now.limit != m_key.limit)
        return tr("the limit of the classes has changed.");
    if (now.model != m_key.model)
        return tr("another model is open.");
    // Not known before the file has been read again.
    const ContentKey unknown;
    if (now.picture != unknown && m_key.picture != unknown && now.picture != m_key.picture)
        return tr("the picture's file has changed.");
    now.picture = m_key.picture;
    now.precision = m_key.precision; // not known while an engine starts
    return now == m_key ? QString() : tr("pictures are read, resized or asked about otherwise now.");
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
    m_words = {};
    m_words.edit = describe(request.view.edits.at(request.edit));
    EditList others = request.view.edits;
    others.erase(others.begin() + index);
    m_words.others = describe(others);
    m_words.limit = shown.limit;
    m_words.picture = m_document.pictures().distinctName(request.view.picture);
    m_words.place = m_panel.placeText();
    m_words.caption = FigureText::madeBy(shown);
    m_picture = request.view.picture;
    m_key = keyOfNow();
    const bool hadSome = !m_panel.result().isEmpty();
    m_panel.setResult({});
    m_panel.setOutOfDate({});
    if (hadSome)
        emit keptChanged();
    m_run.start(request);
}

void ControlStudy::takeFound(const ControlRun::Found& found)
{
    ControlResult result = m_words;
    result.classIndex = found.classIndex;
    result.className = m_document.classNames().label(found.classIndex);
    result.asked = found.result.asked;
    result.shortfall = found.result.shortfall;
    result.before = found.result.before;
    result.change = found.result.change;
    result.controls = found.result.controls;
    m_panel.setRunning(false);
    m_panel.setResult(result);
    m_panel.setOutOfDate(outOfDate());
    emit keptChanged();
}

std::string ControlStudy::kept() const
{
    const ControlResult& found = m_panel.result();
    const json form = jsonOf(m_panel.choices());
    if (found.isEmpty() && form == jsonOf(m_firstChoices))
        return {};
    return recordText(
        json{{"form", form}, {"results", found.isEmpty() ? json() : jsonOf(ControlRecord{found, m_picture, m_key})}});
}

void ControlStudy::restore(const std::string& kept)
{
    m_run.cancel();
    m_picture.clear();
    m_key = {};
    m_panel.setResult({});
    m_panel.setOutOfDate({});
    if (kept.empty())
        return;
    try {
        const SessionReader reader(tr("the session's controls").toStdString(), {});
        const json value = parsedRecord(reader, kept);
        reader.requireKeys(value, "controls", {"form", "results"});
        const ControlChoices choices = controlChoicesIn(reader, value["form"]);
        if (!value["results"].is_null()) {
            const ControlRecord record = controlRecordIn(reader, value["results"]);
            m_picture = movedPicture(m_document.pictures(), record.picture);
            m_key = record.key;
            m_panel.setResult(record.result);
        }
        m_panel.setChoices(choices);
        m_panel.setOutOfDate(outOfDate());
    } catch (const Error&) {
        emit failed(failureOf(Step::Session, std::current_exception()));
    }
}

} // namespace ocellus
