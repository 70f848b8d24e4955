// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtTest>

namespace ocellus::test {

/// Rows of a column "text" with what a title, a class name, a note or a file name from elsewhere can say.
inline void addHostileTexts()
{
    QTest::newRow("ampersand") << "Black & white <x>";
    QTest::newRow("script") << "</title><script>alert(1)</script>";
    QTest::newRow("end of everything") << "\"'></style></svg></body></html>";
    QTest::newRow("handler") << "\" onload=\"alert(1)";
    QTest::newRow("entity") << "&amp; &lt; &nbsp; &#0;";
    QTest::newRow("end of CDATA") << "]]><b>";
    QTest::newRow("comment") << "<!-- -- --> <?xml ?>";
    QTest::newRow("quotation marks") << "'\"`";
    QTest::newRow("line breaks") << "a\nb\r\nc\td";
    QTest::newRow("control characters") << QString("a\x01\x08\x1b\x7f") + QChar(0x85) + QChar(0) + "b";
    QTest::newRow("half of a pair") << QString("a") + QChar(0xd800) + "b" + QChar(0xdfff);
    QTest::newRow("no character") << QString("a") + QChar(0xffff) + QChar(0xfffe) + "b";
    QTest::newRow("right to left") << QString("a") + QChar(0x202e) + "b" + QChar(0x2067) + "c";
    QTest::newRow("PDF string") << "a\\) /JavaScript (app.alert(1)) >> \\";
    QTest::newRow("10,000 characters") << QString(10'000, '<');
    QTest::newRow("all alphabets") << QString::fromUtf8("蝶 فراشة 🦋 é");
}

} // namespace ocellus::test
