// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include <QList>
#include <QStringList>

class QMimeData;

namespace ocellus {

// What is dragged from the lists within the window. Other programs can offer the same formats: what comes out can name
// classes and pictures that are not there.

QMimeData* dragOfClasses(const QList<int>& classes); ///< the caller owns it
QMimeData* dragOfPictures(const std::vector<std::filesystem::path>& pictures);

QStringList classDragTypes();
QStringList pictureDragTypes();

/// Empty where the data has no classes, or what is no list of numbers.
QList<int> draggedClasses(const QMimeData& data);
std::vector<std::filesystem::path> draggedPictures(const QMimeData& data);

} // namespace ocellus
