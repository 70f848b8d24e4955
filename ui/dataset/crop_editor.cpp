// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/crop_editor.h"

#include <algorithm>
#include <utility>

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/image/decode.h"
#include "ui/dataset/box_canvas.h"
#include "ui/dataset/box_proposals.h"
#include "ui/dataset/dataset_document.h"
#include "ui/engine/paths.h"
#include "ui/engine/picture_image.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

CropEditor::CropEditor(DatasetDocument& dataset, BoxProposals& proposals, QWidget* parent)
    : QWidget(parent),
      m_dataset(dataset),
      m_proposals(proposals),
      m_canvas(new BoxCanvas(this)),
      m_title(plainLabel(this)),
      m_accept(new QPushButton(tr("Accept the propose&d box"), this)),
      m_remove(new QPushButton(tr("Ta&ke the box away"), this)),
      m_goOn(new QCheckBox(tr("Go &on after each box"), this)),
      m_reading(this)
{
    m_canvas->setAccessibleName(tr("Picture with the animal's box"));
    m_goOn->setToolTip(tr("Shows the next picture as soon as a box is drawn or accepted"));
    auto* buttons = new QHBoxLayout;
    const auto add = [&](const QString& text, const QKeySequence& keys, void (CropEditor::*does)()) {
        auto* button = new QPushButton(text, this);
        button->setToolTip(keys.toString(QKeySequence::NativeText));
        connect(button, &QPushButton::clicked, this, does);
        addKey(text, keys, does);
        buttons->addWidget(button);
    };
    add(tr("← All pictures"), Qt::Key_Escape, &CropEditor::left);
    add(tr("Previo&us"), Qt::Key_PageUp, &CropEditor::previous);
    add(tr("&Next"), Qt::Key_PageDown, &CropEditor::next);
    addKey(m_accept->text(), Qt::Key_Return, &CropEditor::accept);
    addKey(m_remove->text(), Qt::Key_Delete, &CropEditor::removeBox);
    m_accept->setToolTip(QKeySequence(Qt::Key_Return).toString(QKeySequence::NativeText));
    m_remove->setToolTip(QKeySequence(Qt::Key_Delete).toString(QKeySequence::NativeText));
    buttons->addWidget(m_accept);
    buttons->addWidget(m_remove);
    buttons->addWidget(m_goOn);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(buttons);
    layout->addWidget(m_title);
    layout->addWidget(m_canvas, 1);
    connect(m_canvas, &BoxCanvas::boxDrawn, this, &CropEditor::take);
    connect(m_accept, &QPushButton::clicked, this, &CropEditor::accept);
    connect(m_remove, &QPushButton::clicked, this, &CropEditor::removeBox);
    connect(&dataset, &DatasetDocument::changed, this, &CropEditor::follow);
    connect(&proposals, &BoxProposals::changed, this, &CropEditor::follow);
    connect(&dataset, &DatasetDocument::replaced, this, [this] {
        m_pictures.clear();
        m_reading.drop();
        m_canvas->setPicture({});
        emit left();
    });
}

QAction* CropEditor::addKey(const QString& text, const QKeySequence& keys, void (CropEditor::*does)())
{
    auto* action = new QAction(text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, does);
    addAction(action);
    return action;
}

void CropEditor::show(std::vector<int> pictures, int picture)
{
    m_pictures = std::move(pictures);
    m_at = static_cast<std::size_t>(std::ranges::find(m_pictures, picture) - m_pictures.begin());
    if (m_at == m_pictures.size())
        m_at = 0;
    load();
}

int CropEditor::picture() const
{
    return m_at < m_pictures.size() ? m_pictures[m_at] : -1;
}

void CropEditor::go(int step)
{
    if (m_pictures.empty())
        return;
    const auto last = static_cast<int>(m_pictures.size()) - 1;
    const auto to = static_cast<std::size_t>(std::clamp(static_cast<int>(m_at) + step, 0, last));
    if (std::exchange(m_at, to) != to)
        load();
}

void CropEditor::load()
{
    const int shown = picture();
    if (shown < 0)
        return;
    const std::filesystem::path path = m_dataset.dataset().pictures.at(static_cast<std::size_t>(shown)).path;
    m_canvas->setPicture({}, tr("Opening %1…").arg(toQString(path.filename())));
    m_reading.read<QImage>(
        Step::Picture, [path] { return toImage(decodePicture(path)); },
        [this](const QImage& image) { m_canvas->setPicture(image); },
        [this](const Failure& failure) { m_canvas->setPicture({}, summary(failure)); });
    follow();
}

void CropEditor::follow()
{
    const int shown = picture();
    if (shown < 0)
        return;
    const auto at = static_cast<std::size_t>(shown);
    if (at >= std::min(m_dataset.dataset().pictures.size(), m_dataset.state().members.size()))
        return; // another data set is there, and this one is told in a moment
    const DatasetMember& member = m_dataset.state().members[at];
    const std::optional<PixelBox> proposed = member.box ? std::nullopt : m_proposals.at(shown);
    m_canvas->setBox(member.box ? member.box : proposed, proposed.has_value());
    QString state = tr("no box: drag one over the animal");
    if (member.box)
        state = tr("box of %1 × %2 pixels").arg(member.box->width).arg(member.box->height);
    else if (proposed)
        state = tr("proposed box: accept it, or drag another one");
    m_title->setText(
        QStringLiteral("%1 (%2), %3 / %4: %5")
            .arg(toQString(m_dataset.dataset().pictures[at].path.filename()), QString::fromStdString(member.className))
            .arg(m_at + 1)
            .arg(m_pictures.size())
            .arg(state));
    m_accept->setEnabled(proposed.has_value());
    m_remove->setEnabled(member.box || proposed);
}

void CropEditor::take(const PixelBox& box)
{
    const int shown = picture();
    if (shown < 0)
        return;
    m_proposals.reject(shown);
    if (m_dataset.apply(AssignBoxes{{shown}, {box}}) && m_goOn->isChecked())
        next();
}

void CropEditor::accept()
{
    const int shown = picture();
    if (shown < 0 || !m_accept->isEnabled())
        return;
    m_proposals.accept(shown);
    if (m_goOn->isChecked())
        next();
}

void CropEditor::removeBox()
{
    const int shown = picture();
    if (shown < 0)
        return;
    if (m_dataset.state().members.at(static_cast<std::size_t>(shown)).box)
        m_dataset.apply(AssignBoxes{{shown}, {PixelBox{}}});
    else
        m_proposals.reject(shown);
}

} // namespace ocellus
