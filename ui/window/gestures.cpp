// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/gestures.h"

#include <QCoreApplication>

namespace ocellus {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ocellus::Gestures", text);
}

} // namespace

QList<Gesture> gestures()
{
    return {{tr("Wheel"), tr("Zoom at the mouse")},
            {tr("Middle drag, Space and drag"), tr("Move the picture")},
            {tr("Click"), tr("Choose the tile and place the crosshair")},
            {tr("Double click, Return"), tr("Enlarge a tile, and back; in the large view, go to the pixels and back")},
            {tr("Ctrl and wheel with the brush"), tr("Change its size, with Shift its hardness")},
            {tr("Wheel with the loupe"), tr("Change how much it enlarges")},
            {tr("Shift and arrows, Escape"), tr("Move the crosshair, remove it")},
            {tr("Alt, Ctrl while painting"), tr("Add to the mask, subtract from it")},
            {tr("Arrows, Return with a tool"), tr("Move it (with Ctrl by one pixel), put it down and lift it")},
            {tr("Escape with a tool"), tr("Give up what was begun, then the tool")},
            {tr("Drag a row onto another, or onto the picture"), tr("Compare the two classes or pictures")},
            {tr("Arrows and Home, End with a divider"), tr("Move the divider")},
            {tr("Right click, menu key"), tr("What can be done with what lies there")},
            {tr("Arrows, Home, End in a tree"), tr("Walk it: up, down where the picture goes, to the neighbours")},
            {tr("+, -, 0 in a tree, Ctrl and wheel"), tr("Larger, smaller, the whole tree")},
            {tr("Arrows in the class list"), tr("Show the next class's maps")}};
}

} // namespace ocellus
