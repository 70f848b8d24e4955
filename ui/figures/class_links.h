// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace ocellus {

// A sentence that is made of marked names can be shown with links, whatever the names are: numbers and parts of other
// words are no names by themselves.

/// The name of a class, to be put into a sentence in the name's place.
QString markedClass(int classIndex, const QString& name);
/// By class index.
QStringList markedClasses(const QStringList& names);

/// A sentence as HTML, in which each marked name is a link whose address is the class index.
QString withClassLinks(const QString& marked);
/// The sentence as it was meant.
QString withoutMarks(QString marked);

} // namespace ocellus
