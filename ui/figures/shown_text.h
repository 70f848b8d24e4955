// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace ocellus {

/// What other people's files say, fit to be drawn and to stand in XML and HTML: without control characters (line breaks
/// and tabs stay) and what else XML 1.0 does not have, without halves of characters (U+FFFD stands for them), and
/// without characters that turn the direction of writing, which could show the number beside them backwards.
/// It does not escape < and &: that is the XML writer's.
QString shownText(const QString& text);

/// As it stands where a line begins: its first letter upper case.
QString atBeginning(const QString& text);

/// An XML document in UTF-8 without the bytes that no XML 1.0 document has: control characters, U+FFFE and U+FFFF.
QByteArray validXml(QByteArray document);

} // namespace ocellus
