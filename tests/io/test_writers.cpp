// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>
#include <optional>

#include <zip.h>

#include <QDir>
#include <QtTest>

#include "core/io/atomic_file.h"
#include "core/io/csv.h"
#include "core/io/npz_writer.h"
#include "tests/io/full_disk.h"
#include "tests/io/test_files.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

QByteArray zipEntry(const std::filesystem::path& path, const char* name)
{
    zip_t* archive = zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, nullptr);
    zip_file_t* entry = archive ? zip_fopen(archive, name, 0) : nullptr;
    QByteArray bytes(1 << 16, '\0');
    bytes.resize(entry ? static_cast<qsizetype>(zip_fread(entry, bytes.data(), 1 << 16)) : 0);
    if (entry)
        zip_fclose(entry);
    if (archive)
        zip_discard(archive);
    return bytes;
}

} // namespace

/// Result files: whole or not there, and as other programs read them.
class TestWriters : public QObject {
    Q_OBJECT

private slots:
    void refusesArray_data();
    void refusesArray();
    void leavesNothingOnFullDisk();
    void keepsEarlierFile();
    void leavesNothingWithoutClose();
    void writesNpz();
    void writesAtomically();
    void quotesCsv_data();
    void quotesCsv();
    void leavesNumbersAlone();
    void copiesFields();
};

void TestWriters::refusesArray_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QList<qint64>>("shape");
    QTest::newRow("too few values") << "b" << QList<qint64>{2, 3};
    QTest::newRow("too many values") << "b" << QList<qint64>{2};
    QTest::newRow("no dimension") << "b" << QList<qint64>{};
    QTest::newRow("negative extents") << "b" << QList<qint64>{-2, -2};
    for (const char* name : {"", "../b", "/b", "a/b", "b\\c", "b.npy", "b c", "b\n", "b\xFF",
                             "\xE2\x80\xAE"
                             "b",
                             "b]]>"})
        QTest::newRow(name) << QString::fromLatin1(name) << QList<qint64>{4};
    QTest::newRow("name of 101 letters") << QString(101, 'b') << QList<qint64>{4};
    QTest::newRow("name with NUL") << QString("b") + QChar(0) << QList<qint64>{4};
    QTest::newRow("product that wraps to 4")
        << "b" << QList<qint64>{std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::max(), 4};
    QTest::newRow("the same name again") << "a" << QList<qint64>{4};
}

void TestWriters::refusesArray()
{
    QFETCH(QString, name);
    QFETCH(QList<qint64>, shape);
    const ScratchFile folder;
    NpzWriter writer(folder.path("a.npz"));
    const std::vector<float> values(4);
    writer.add("a", values, {4});
    QVERIFY_EXCEPTION_THROWN(writer.add(name.toStdString(), values, {shape.begin(), shape.end()}), Error);
}

void TestWriters::leavesNothingOnFullDisk()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("a.npz").toStdString();
    const std::vector<float> values(100'000);
    {
        const FullDisk disk(100'000);
        QVERIFY_EXCEPTION_THROWN(NpzWriter(path).add("a", values, {100'000}), Error);
        QVERIFY_EXCEPTION_THROWN(writeFileAtomically(path, std::as_bytes(std::span(values))), Error);
    }
    {
        NpzWriter writer(path);
        writer.add("a", values, {100'000});
        const FullDisk disk(100'000);
        QVERIFY_EXCEPTION_THROWN(writer.close(), Error);
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

void TestWriters::keepsEarlierFile()
{
    const ScratchFile folder;
    const std::filesystem::path path = folder.write("the earlier one");
    {
        const FullDisk disk(100);
        QVERIFY_EXCEPTION_THROWN(writeFileAtomically(path, std::vector<std::byte>(1000)), Error);
    }
    QCOMPARE(readFile(QString::fromStdString(path)), QByteArray("the earlier one"));
}

void TestWriters::leavesNothingWithoutClose()
{
    const QTemporaryDir folder;
    {
        NpzWriter writer(folder.filePath("a.npz").toStdString());
        writer.add("a", std::vector<float>(3), {3});
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

void TestWriters::writesNpz()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath(QString::fromUtf8("Bl\xc3\xa4uling.npz")).toStdString();
    const std::vector<float> values{1, 2, 3, 4, 5, 6};
    NpzWriter writer(path);
    writer.add("values", values, {2, 3});
    writer.add("index", std::vector<std::int64_t>{-7}, {});
    writer.add("bytes", std::vector<std::uint8_t>{1, 2}, {2});
    writer.add("empty", std::span<const float>(), {0, 3});
    writer.close();
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);

    // numpy.lib.format: magic, version, header length, a header that ends with a line feed at a multiple of 64.
    const QByteArray array = zipEntry(path, "values.npy");
    QCOMPARE(array.size(), 128 + 24);
    QVERIFY(array.startsWith(QByteArray("\x93NUMPY\x01\x00\x76\x00", 10)));
    QCOMPARE(array.mid(10, 118).trimmed(), QByteArray("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"));
    QCOMPARE(array[127], '\n');
    QCOMPARE(std::memcmp(array.data() + 128, values.data(), 24), 0);
    QVERIFY(zipEntry(path, "index.npy").contains("'<i8', 'fortran_order': False, 'shape': (), }"));
    QVERIFY(zipEntry(path, "bytes.npy").endsWith(QByteArray("\n\x01\x02")));
    QVERIFY(zipEntry(path, "empty.npy").contains("(0, 3)"));
}

void TestWriters::writesAtomically()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("a.json");
    for (const char* text : {"the first", "the second"}) {
        writeFileAtomically(path.toStdString(), std::as_bytes(std::span(std::string_view(text))));
        QCOMPARE(readFile(path), QByteArray(text));
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList("a.json"));
    QVERIFY_EXCEPTION_THROWN(writeFileAtomically("/nonexistent/a", std::span<const std::byte>()), Error);
}

void TestWriters::quotesCsv_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("field");
    for (const char* formula : {"=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "--x"})
        QTest::newRow(formula) << formula << QString("'") + formula;
    QTest::newRow("tab") << "\t=1"
                         << "'\t=1";
    QTest::newRow("carriage return and formula") << "\r=1"
                                                 << "\"'\r=1\"";
    QTest::newRow("formula with quotation marks") << "=HYPERLINK(\"http://x\",\"y\")"
                                                  << "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"";
    QTest::newRow("a sign within") << "a-b=c"
                                   << "a-b=c";
    QTest::newRow("NUL") << QString("a") + QChar(0) + "b" << QString("a") + QChar(0xFFFD) + "b";
    QTest::newRow("semicolon") << "a;b"
                               << "\"a;b\"";
    QTest::newRow("10,000 letters") << QString(10'000, 'x') << QString(10'000, 'x');
    QTest::newRow("plain") << "Painted Bunting"
                           << "Painted Bunting";
    QTest::newRow("empty") << ""
                           << "";
    QTest::newRow("comma") << "a,b"
                           << "\"a,b\"";
    QTest::newRow("quotation mark") << "5\" lens"
                                    << "\"5\"\" lens\"";
    QTest::newRow("line break") << "a\nb"
                                << "\"a\nb\"";
    QTest::newRow("carriage return") << "a\r"
                                     << "\"a\r\"";
}

void TestWriters::quotesCsv()
{
    QFETCH(QString, text);
    QFETCH(QString, field);
    QCOMPARE(QString::fromStdString(CsvLine().text(text.toStdString()).str()), field + '\n');
}

void TestWriters::leavesNumbersAlone()
{
    CsvLine line;
    line.number(-1).number(-0.5F).number(0.1F).number(-1e-30).number(std::optional<double>()).empty();
    line.number(-std::numeric_limits<float>::infinity()).number(std::size_t{7});
    QCOMPARE(line.str(), std::string("-1,-0.5,0.1,-1e-30,,,-inf,7\n"));
    QCOMPARE(CsvLine().text("\xFFq\xC3").str(), std::string("\xEF\xBF\xBDq\xEF\xBF\xBD\n"));
}

void TestWriters::copiesFields()
{
    QCOMPARE(CsvLine().copied("-1.5").copied("'=x").copied("a,b").str(), std::string("-1.5,'=x,\"a,b\"\n"));
    const std::vector<CsvColumn> columns{{"edits", "1. Blur, 2. Flip"}, {"hand", "=1"}};
    QCOMPARE(csvHeader("a,b", columns), std::string("a,b,edits,hand\n"));
    QCOMPARE(CsvLine().values(columns).str(), std::string("\"1. Blur, 2. Flip\",'=1\n"));
}

QTEST_GUILESS_MAIN(TestWriters)
#include "test_writers.moc"
