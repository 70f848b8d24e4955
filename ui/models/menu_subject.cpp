// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/menu_subject.h"

#include <QFile>

namespace ocellus {

MenuSubject subjectOf(const QModelIndex& index)
{
    MenuSubject subject;
    subject.picture = QFile::encodeName(index.data(PictureSubject).toString()).toStdString();
    const auto number = [&](SubjectRole role) {
        const QVariant value = index.data(role);
        return value.isValid() && value.toInt() >= 0 ? std::optional(value.toInt()) : std::nullopt;
    };
    subject.classIndex = number(ClassSubject);
    subject.head = number(HeadSubject);
    return subject;
}

} // namespace ocellus
