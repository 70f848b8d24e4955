// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/class_links.h"

#include <QRegularExpression>

namespace ocellus {

namespace {

/// For private use, so that no name has them.
constexpr char16_t begin = 0xE000, middle = 0xE001, end = 0xE002;

const QRegularExpression& marks()
{
    static const QRegularExpression pattern(QStringLiteral("\\x{E000}(\\d+)\\x{E001}([^\\x{E002}]*)\\x{E002}"));
    return pattern;
}

} // namespace

QString markedClass(int classIndex, const QString& name)
{
    if (classIndex < 0 || name.isEmpty())
        return name;
    return QChar(begin) + QString::number(classIndex) + QChar(middle) + name + QChar(end);
}

QStringList markedClasses(const QStringList& names)
{
    QStringList marked;
    for (qsizetype i = 0; i < names.size(); ++i)
        marked += markedClass(static_cast<int>(i), names[i]);
    return marked;
}

QString withClassLinks(const QString& marked)
{
    return marked.toHtmlEscaped()
        .replace(marks(), QStringLiteral("<a href=\"\\1\">\\2</a>"))
        .replace('\n', QLatin1String("<br>"));
}

QString withoutMarks(QString marked)
{
    return marked.replace(marks(), QStringLiteral("\\2"));
}

} // namespace ocellus
