// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/window/random_editing.h"

#include <algorithm>
#include <array>

#include "core/edit/mask_combining.h"
#include "core/edit/mask_shapes.h"

namespace ocellus {

namespace {

constexpr std::size_t MostEdits = 10;
constexpr std::size_t MostMasks = 4;

Operation randomOperation(RandomStream& random)
{
    switch (random.below(9)) {
    case 0: return Inpaint{Inpaint::Method::Telea, random.uniform(1, 3)};
    case 1: return Recolour{random.uniform(-180, 180), random.uniform(0, 2), random.uniform(-0.3, 0.3)};
    case 2: return Blur{random.uniform(0.5, 8)};
    case 3: return MeanFill{random.chance(0.5) ? MeanFill::Of::Mask : MeanFill::Of::Picture};
    case 4: return Flip{random.chance(0.5) ? Flip::Axis::LeftRight : Flip::Axis::TopBottom};
    case 5: return Brightness{random.uniform(-0.5, 0.5)};
    case 6: return Contrast{random.uniform(0.5, 2)};
    case 7: return Rotate{random.chance(0.5) ? 180 : random.uniform(-10, 10)};
    default: return Noise{random.uniform(0, 80), random.next()};
    }
}

Mask randomMask(RandomStream& random, Size picture)
{
    const double width = picture.width, height = picture.height;
    const double left = random.uniform(0, 0.8) * width, top = random.uniform(0, 0.8) * height;
    const double right = left + random.uniform(0.05, 0.15) * width, bottom = top + random.uniform(0.05, 0.15) * height;
    if (random.chance(0.3))
        return ellipseMask(picture, {left, top, right - left, bottom - top});
    const std::array<Point, 3> points{Point{left, top}, Point{right, top}, Point{right, bottom}};
    return strokeMask(picture, points, {std::max(1.0, random.uniform(0.01, 0.03) * width), random.uniform()});
}

} // namespace

void RandomEditing::step(PictureEditor& editor)
{
    const double choice = m_random.uniform();
    if (choice < 0.25)
        travel(editor);
    else if (choice < 0.5)
        paint(editor);
    else if (choice < 0.55)
        keepMask(editor);
    else
        changeList(editor);
}

void RandomEditing::travel(PictureEditor& editor)
{
    const int kind = m_random.below(5);
    if (kind < 2)
        editor.undo();
    else if (kind < 4)
        editor.redo();
    else
        editor.goTo(distantPlace(editor.history()));
}

/// Mostly near: far back and a change there is the end of a long history.
std::size_t RandomEditing::distantPlace(const EditHistory& history)
{
    constexpr std::size_t near = 10;
    if (m_random.chance(0.05))
        return place(history.stepCount() + 1);
    return history.position() - std::min(history.position(), near) + place(2 * near + 1);
}

void RandomEditing::paint(PictureEditor& editor)
{
    editor.selectEdit(static_cast<int>(place(editor.state().edits.size() + 1)) - 1);
    if (!editor.canPaint())
        return;
    const Mask stroke = randomMask(m_random, editor.pictureSize());
    const bool isAdded = m_random.chance(0.5);
    editor.setActiveMask(QStringLiteral("Brush"), isAdded ? added(editor.activeMask(), stroke) : stroke);
}

void RandomEditing::keepMask(PictureEditor& editor)
{
    const std::size_t count = editor.state().masks.size();
    if (count == MostMasks)
        editor.perform({"Delete mask", {EraseMask{place(count)}}});
    else
        editor.perform({"Keep mask", {InsertMask{place(count + 1), {"kept", editor.activeMask()}}}});
}

void RandomEditing::add(PictureEditor& editor)
{
    const Operation operation = randomOperation(m_random);
    const bool hasMask = needsMask(operation) && m_random.chance(0.5);
    editor.addEdit(
        {"Edit", hasMask ? randomMask(m_random, editor.pictureSize()) : Mask(), operation, m_random.chance(0.8)});
}

void RandomEditing::dragSlider(PictureEditor& editor, std::size_t index)
{
    Edit edit = editor.state().edits[index];
    const std::uint64_t interaction = editor.newInteraction();
    const bool takesMask = !changesGeometry(edit.operation);
    for (int left = 1 + m_random.below(4); left > 0; --left) {
        Operation operation = randomOperation(m_random);
        while (changesGeometry(operation) == takesMask)
            operation = randomOperation(m_random);
        if (needsMask(operation) && edit.mask.isNone())
            edit.mask = Mask(editor.pictureSize());
        edit.operation = operation;
        editor.replaceEdit(index, edit, QStringLiteral("Strength"), interaction);
    }
}

void RandomEditing::changeList(PictureEditor& editor)
{
    const std::size_t count = editor.state().edits.size();
    if (count == 0 || (count < MostEdits && m_random.chance(0.4)))
        return add(editor);
    const std::size_t index = place(count);
    switch (m_random.below(4)) {
    case 0: return editor.eraseEdit(index);
    case 1: return editor.moveEdit(index, place(count));
    case 2: return dragSlider(editor, index);
    default: break;
    }
    Edit edit = editor.state().edits[index];
    edit.enabled = !edit.enabled;
    editor.replaceEdit(index, edit, QStringLiteral("Switch"));
}

std::size_t RandomEditing::place(std::size_t below)
{
    return static_cast<std::size_t>(m_random.below(static_cast<int>(below)));
}

} // namespace ocellus
