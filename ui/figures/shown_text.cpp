// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/shown_text.h"

#include <algorithm>

#include <QList>

namespace ocellus {

namespace {

bool isControl(char32_t letter)
{
    const bool isBreak = letter == '\t' || letter == '\n' || letter == '\r';
    return (letter < 0x20 && !isBreak) || (letter >= 0x7f && letter < 0xa0);
}

bool turnsDirection(char32_t letter)
{
    return (letter >= 0x202a && letter <= 0x202e) || (letter >= 0x2066 && letter <= 0x2069) || letter == 0x200e ||
           letter == 0x200f || letter == 0x061c;
}

} // namespace

QString shownText(const QString& text)
{
    QString kept;
    kept.reserve(text.size());
    for (const char32_t letter : text.toUcs4()) {
        const bool isHalf = letter >= 0xd800 && letter < 0xe000;
        const bool isNone = letter == 0xfffe || letter == 0xffff;
        if (isHalf)
            kept += QChar(QChar::ReplacementCharacter);
        else if (!isControl(letter) && !isNone && !turnsDirection(letter))
            kept += QString::fromUcs4(&letter, 1);
    }
    return kept;
}

QString atBeginning(const QString& text)
{
    return text.left(1).toUpper() + text.mid(1);
}

QByteArray validXml(QByteArray document)
{
    document.replace("\xEF\xBF\xBE", "").replace("\xEF\xBF\xBF", "");
    const auto isNone = [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 && letter != '\t' && letter != '\n' && letter != '\r';
    };
    document.erase(std::remove_if(document.begin(), document.end(), isNone), document.end());
    return document;
}

} // namespace ocellus
