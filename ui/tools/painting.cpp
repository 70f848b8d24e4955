// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/painting.h"

#include <algorithm>
#include <cmath>

#include <QMenu>
#include <QToolBar>

#include "core/edit/mask_combining.h"
#include "core/edit/mask_selection.h"
#include "ui/document/picture_editor.h"
#include "ui/engine/picture_image.h"
#include "ui/tools/tool_options_bar.h"
#include "ui/widgets/image_view.h"

namespace ocellus {

namespace {

Mask combined(const Mask& mask, const Mask& shape, Combine how)
{
    switch (how) {
    case Combine::Add: return added(mask, shape);
    case Combine::Subtract: return subtracted(mask, shape);
    case Combine::Replace: break;
    }
    return shape;
}

/// Of the pixels whose centres lie in the disc, and of the one it lies on.
std::optional<Rgb> meanColour(const QImage& picture, const ColourPick& pick)
{
    const int left = static_cast<int>(std::floor(pick.point.x)), top = static_cast<int>(std::floor(pick.point.y));
    if (!picture.valid(left, top))
        return {};
    const int reach = static_cast<int>(std::ceil(pick.radius));
    std::array<std::int64_t, 3> sums{};
    std::int64_t count = 0;
    for (int y = std::max(top - reach, 0); y <= std::min(top + reach, picture.height() - 1); ++y)
        for (int x = std::max(left - reach, 0); x <= std::min(left + reach, picture.width() - 1); ++x) {
            const bool isUnder = x == left && y == top;
            if (!isUnder && std::hypot(x + 0.5 - pick.point.x, y + 0.5 - pick.point.y) > pick.radius)
                continue;
            const QRgb pixel = picture.pixel(x, y);
            sums[0] += qRed(pixel);
            sums[1] += qGreen(pixel);
            sums[2] += qBlue(pixel);
            ++count;
        }
    const auto mean = [count](std::int64_t sum) { return static_cast<std::uint8_t>((sum + count / 2) / count); };
    return Rgb{mean(sums[0]), mean(sums[1]), mean(sums[2])};
}

} // namespace

Painting::Painting(PictureEditor& editor, ImageView& view, QObject* parent)
    : QObject(parent),
      m_editor(editor),
      m_view(view),
      m_overlay(m_tools, view),
      m_commands(editor, m_job)
{
    connect(&m_overlay, &ToolOverlay::finished, this,
            [this](const ToolResult& result) { std::visit([this](const auto& what) { carryOut(what); }, result); });
    connect(&m_overlay, &ToolOverlay::refused, this, &Painting::refused);
    connect(&m_job, &MaskJob::runningChanged, &m_overlay, &ToolOverlay::setBusy);
    connect(&m_job, &MaskJob::failed, this, &Painting::failed);
    connect(&m_editor, &PictureEditor::changed, this, &Painting::refresh);
    connect(&m_editor, &PictureEditor::selectedEditChanged, this, &Painting::refresh);
    connect(&m_view, &ImageView::shown, this, &Painting::takeShown);
    takeShown();
}

QList<QAction*> Painting::actions() const
{
    return m_tools.actions() + m_tools.brushActions() + m_commands.all() + QList{m_commands.cancel()};
}

void Painting::fill(QMenu* menu) const
{
    menu->addActions(m_tools.actions());
    menu->addSeparator();
    menu->addActions(m_tools.brushActions());
    menu->addSeparator();
    menu->addActions(m_commands.all());
    menu->addAction(m_commands.cancel());
}

void Painting::fill(QToolBar* tools, QToolBar* options)
{
    tools->addActions(m_tools.actions());
    options->addWidget(new ToolOptionsBar(m_tools, options));
}

void Painting::takeShown()
{
    m_commands.setShown(m_view.explanation(), m_view.head());
    refresh();
}

void Painting::refresh()
{
    // A gesture and a computation belong to the picture and the mask that they began on.
    if (m_editor.picture() != m_picture || m_editor.selectedEdit() != m_edit) {
        m_picture = m_editor.picture();
        m_edit = m_editor.selectedEdit();
        m_overlay.cancel();
        m_job.cancel();
    }
    m_overlay.setMask(m_editor.activeMask(), m_edit < 0 ? ToolOverlay::Shown::Tinted : ToolOverlay::Shown::Outline);
    m_overlay.setRefusal(refusal());
}

QString Painting::refusal() const
{
    const QString why = m_editor.whyNotPaintable();
    if (!why.isEmpty())
        return why;
    const Size size = m_editor.pictureSize();
    if (m_view.explanation().picture.size() != QSize(size.width, size.height))
        return tr("The picture is still being worked out. Try again in a moment.");
    return {};
}

void Painting::apply(const MaskGesture& gesture)
{
    // A gesture that went around nothing is a slip, and no wish to lose the mask.
    if (gesture.shape.empty())
        return;
    const Mask before = m_editor.activeMask();
    const Mask after = combined(before, gesture.shape, gesture.combine);
    if (after != before)
        m_editor.setActiveMask(gesture.name, after);
}

void Painting::carryOut(const MaskGesture& gesture)
{
    apply(gesture);
}

void Painting::carryOut(const WandClick& click)
{
    const QImage image = m_view.explanation().picture;
    m_job.start(
        [image, click](const Progress& progress) {
            return wandMask(toPicture(image), click.point, click.tolerance, progress);
        },
        [this, combine = click.combine](const Mask& mask) {
            // A crop meanwhile leaves nothing that the mask would fit.
            if (m_editor.canPaint() && mask.pictureSize() == m_editor.pictureSize())
                apply({tr("Magic wand"), mask, combine});
        });
}

void Painting::carryOut(const PixelMove& move)
{
    const Mask from = m_editor.activeMask();
    const Mask to = translated(from, move.dx, move.dy);
    if (to.empty()) {
        emit refused(tr("There the pixels would lie outside the picture."));
        return;
    }
    const QString name = move.copy ? tr("Copy pixels") : tr("Move pixels");
    const std::size_t end = m_editor.state().edits.size();
    EditStep step{name.toStdString(), {}};
    step.changes.emplace_back(
        InsertEdit{end, {name.toStdString(), to, CopyPatch{-move.dx, -move.dy, move.blend, nullptr}}});
    const Mask left = subtracted(from, to);
    if (!move.copy && !left.empty())
        step.changes.emplace_back(InsertEdit{end + 1, {tr("Remove where it was").toStdString(), left, Inpaint{}}});
    // The selection goes along, so that what was moved can be moved on.
    if (m_editor.selectedEdit() < 0)
        step.changes.emplace_back(SetSelection{to});
    m_editor.perform(step);
}

void Painting::carryOut(const ColourPick& pick)
{
    if (const auto colour = meanColour(m_view.explanation().picture, pick))
        emit colourPicked(*colour);
}

} // namespace ocellus
