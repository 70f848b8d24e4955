// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include <QModelIndex>

namespace ocellus {

/// What lies at a place of the window, for a menu of what can be done with it.
struct MenuSubject {
    std::filesystem::path picture; ///< of the list; empty: none
    std::optional<int> classIndex;
    std::optional<int> head; ///< from 0; the number of heads is the mean

    bool isEmpty() const { return picture.empty() && !classIndex && !head; }
};

/// Item models say by these roles what their rows are about, beside their own roles.
enum SubjectRole {
    PictureSubject = Qt::UserRole + 200, ///< QString: its path
    ClassSubject,                        ///< int
    HeadSubject                          ///< int
};

/// Of a row; empty where its model has none of the roles.
MenuSubject subjectOf(const QModelIndex& index);

} // namespace ocellus
