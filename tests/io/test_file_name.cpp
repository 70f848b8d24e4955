// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/io/file_name.h"
#include "core/io/text.h"

using namespace ocellus;

/// Names of files that are made of other people's words.
class TestFileName : public QObject {
    Q_OBJECT

private slots:
    void isSafe_data();
    void isSafe();
};

void TestFileName::isSafe_data()
{
    QTest::addColumn<QByteArray>("proposed");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char* what, const QByteArray& proposed, const QByteArray& name) {
        QTest::newRow(what) << proposed << name;
    };
    row("nothing", "", "untitled");
    row("dots", "..", "untitled");
    row("spaces and dots", " . . ", "untitled");
    row("parent folder", "../../etc/passwd", "_.._etc_passwd");
    row("absolute", "/etc/passwd", "_etc_passwd");
    row("Windows' separators", "..\\..\\x.svg", "_.._x.svg");
    row("drive", "C:\\x.svg", "C__x.svg");
    row("stream", "x.svg:hidden", "x.svg_hidden");
    row("hidden file", ".bashrc", "bashrc");
    row("dot at the end", "x.svg.", "x.svg");
    row("space at the end", "x.svg ", "x.svg");
    row("markup", "</title><script>alert(1)</script>", "__title__script_alert(1)__script_");
    row("ampersand", "Black & white <x>.png", "Black & white _x_.png");
    row("quotation marks", "a\"b'c.png", "a_b'c.png");
    row("line breaks", "a\r\nb\tc.png", "a__b_c.png");
    row("NUL", QByteArray("a\0b.png", 7), "a_b.png");
    row("no UTF-8", "a\xFF\xC3.png", "a__.png");
    row("half of a pair", "a\xED\xA0\x80.png", "a___.png");
    row("direction", "photo\xE2\x80\xAEgnp.exe", "photo_gnp.exe");
    row("wildcards", "a*b?c|d.png", "a_b_c_d.png");
    row("device", "CON", "_CON");
    row("device with an ending", "nul.txt", "_nul.txt");
    row("device with two", "Com1.tar.gz", "_Com1.tar.gz");
    row("port", "lpt9.png", "_lpt9.png");
    row("no device", "console.png", "console.png");
    row("option", "-rf.png", "-rf.png");
    row("300 letters", QByteArray(300, 'x') + ".png", QByteArray(196, 'x') + ".png");
    row("10,000 letters", QByteArray(10'000, 'x'), QByteArray(200, 'x'));
    row("300 letters after the dot", "x." + QByteArray(300, 'y'), "x." + QByteArray(198, 'y'));
    row("whole letters", QByteArray("\xC3\xA9").repeated(150) + ".png", QByteArray("\xC3\xA9").repeated(98) + ".png");
    row("as it is", "Passerina ciris 3 (adult).png", "Passerina ciris 3 (adult).png");
    row("letters of all alphabets", "蝶 élytre.png", "蝶 élytre.png");
}

void TestFileName::isSafe()
{
    QFETCH(const QByteArray, proposed);
    QFETCH(const QByteArray, name);
    const std::string made = safeFileName(proposed.toStdString());
    QCOMPARE(QByteArray::fromStdString(made), name);
    QVERIFY(made.size() <= longestFileName && isUtf8(made));
    QCOMPARE(safeFileName(made), made);
}

QTEST_GUILESS_MAIN(TestFileName)
#include "test_file_name.moc"
