// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/edit_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/document/edit_name.h"
#include "ui/document/picture_editor.h"
#include "ui/edit_panel/edit_list_panel.h"
#include "ui/edit_panel/masks_panel.h"
#include "ui/edit_panel/operation_chooser.h"
#include "ui/edit_panel/selected_edit_form.h"
#include "ui/edit_panel/starting_operation.h"
#include "ui/engine/paths.h"
#include "ui/figures/edit_text.h"
#include "ui/widgets/elided_label.h"

namespace ocellus {

namespace {

constexpr int RegionLines = 3; ///< of its words in the narrowest panel

QLabel* heading(const QString& text)
{
    auto* label = new QLabel(text);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    return label;
}

} // namespace

EditPanel::EditPanel(PictureEditor& editor, QWidget* parent)
    : QScrollArea(parent),
      m_editor(editor),
      m_picture(new ElidedLabel(nullptr)),
      m_region(new QLabel),
      m_newRegion(new QToolButton),
      m_operations(new OperationChooser),
      m_selected(new SelectedEditForm(editor))
{
    build();
    connect(m_newRegion, &QToolButton::clicked, this, [this] { m_editor.selectEdit(-1); });
    connect(m_operations, &OperationChooser::chosen, this,
            [this](std::size_t kind) { addEdit(startingOperation(kind, region(), m_editor.pictureSize())); });
    connect(&editor, &PictureEditor::changed, this, &EditPanel::follow);
    connect(&editor, &PictureEditor::selectedEditChanged, this, &EditPanel::follow);
    follow();
}

void EditPanel::build()
{
    m_region->setWordWrap(true);
    m_region->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_region->setFixedHeight(RegionLines * fontMetrics().lineSpacing());
    QSizePolicy keepsPlace = m_newRegion->sizePolicy();
    keepsPlace.setRetainSizeWhenHidden(true);
    m_newRegion->setSizePolicy(keepsPlace);
    m_newRegion->setText(tr("New region"));
    m_newRegion->setToolTip(tr("Lets go of the edit: the tools select a region for the next one"));
    m_newRegion->setFocusPolicy(Qt::StrongFocus);
    auto* region = new QHBoxLayout;
    region->addWidget(m_region, 1);
    region->addWidget(m_newRegion, 0, Qt::AlignTop);

    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->addWidget(m_picture);
    layout->addLayout(region);
    layout->addWidget(heading(tr("What to do with it")));
    layout->addWidget(m_operations);
    layout->addWidget(new EditListPanel(m_editor));
    layout->addWidget(m_selected);
    layout->addWidget(heading(tr("Kept masks")));
    layout->addWidget(new MasksPanel(m_editor));
    layout->addStretch(1);
    content->installEventFilter(this);

    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void EditPanel::takeColour(const Rgb& colour)
{
    const int selected = m_editor.selectedEdit();
    const EditList& edits = m_editor.state().edits;
    if (selected >= 0 && std::holds_alternative<TakeColour>(edits[static_cast<std::size_t>(selected)].operation))
        m_selected->takeColour(colour);
    else if (!region().empty())
        addEdit(TakeColour{colour});
}

QSize EditPanel::sizeHint() const
{
    return {minimumWidth(), widget()->sizeHint().height()};
}

bool EditPanel::eventFilter(QObject* watched, QEvent* event)
{
    // Never scrolls sideways: the dock must be as wide as what is in it.
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        setMinimumWidth(widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width());
    return QScrollArea::eventFilter(watched, event);
}

QString EditPanel::regionLine() const
{
    if (!m_editor.isReady())
        return tr("No picture is open. Open one to edit it.");
    if (const QString reason = m_editor.whyNotPaintable(); !reason.isEmpty())
        return reason;
    const Mask mask = m_editor.activeMask();
    if (m_editor.selectedEdit() < 0)
        return mask.empty() ? tr("%1. %2").arg(regionText(mask), hint()) : tr("Selected: %1").arg(regionText(mask));
    const auto selected = static_cast<std::size_t>(m_editor.selectedEdit());
    return tr("The tools change the region of “%1”: %2")
        .arg(shownName(m_editor.state().edits[selected].name), regionText(mask));
}

PixelBox EditPanel::region() const
{
    const Mask& selection = m_editor.state().selection;
    // What was selected before a crop fits no more.
    return selection.pictureSize() == m_editor.pictureSize() ? selection.box() : PixelBox();
}

QString EditPanel::hint() const
{
    if (!m_editor.isReady())
        return tr("Open a picture first.");
    if (!region().empty())
        return {};
    return m_editor.selectedEdit() < 0 ? tr("Select a region with a tool first.")
                                       : tr("For another edit, press “New region” and select one with a tool.");
}

void EditPanel::follow()
{
    const QString name = toQString(m_editor.picture().filename());
    m_picture->setText(name.isEmpty() ? QString() : tr("Edits of %1").arg(name));
    m_picture->setToolTip(
        tr("%1\nThe picture that is shown: what is done here is done to it alone").arg(m_picture->text()));
    m_region->setText(regionLine());
    m_region->setToolTip(regionLine());
    m_newRegion->setVisible(m_editor.selectedEdit() >= 0);
    m_operations->setAvailable(m_editor.isReady(), !region().empty(), hint());
}

void EditPanel::addEdit(const Operation& operation)
{
    Edit edit;
    edit.operation = operation;
    edit.name = operationKind(edit.operation).toStdString();
    const bool hadFocus = m_operations->isAncestorOf(focusWidget());
    m_editor.addEdit(edit);
    // How it is done is what one wants to change next; the button that was pressed may be off now.
    if (hadFocus)
        m_selected->setFocus(Qt::OtherFocusReason);
    QMetaObject::invokeMethod(
        this, [this] { ensureWidgetVisible(m_selected); }, Qt::QueuedConnection);
}

} // namespace ocellus
