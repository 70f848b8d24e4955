// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/number_text.h"

#include <algorithm>

#include <QLocale>

namespace ocellus {

namespace {

constexpr QChar minus(0x2212);

/// A sign before nothing but zeros says nothing.
QString signedText(QString text)
{
    if (!text.startsWith('-'))
        return text;
    const bool isZero = std::all_of(text.cbegin() + 1, text.cend(), [](QChar c) { return c == '0' || c == '.'; });
    return isZero ? text.mid(1) : text.replace('-', minus);
}

} // namespace

QString fixedText(double value, int decimals)
{
    return signedText(QString::number(value, 'f', decimals));
}

QString generalText(double value, int digits)
{
    return signedText(QString::number(value, 'g', digits));
}

QString countText(long long count)
{
    return signedText(QLocale(QLocale::English, QLocale::UnitedKingdom).toString(count));
}

} // namespace ocellus
