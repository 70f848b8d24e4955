// SPDX-License-Identifier: GPL-3.0-or-later
#include <functional>

#include <QtTest>

#include "core/dataset/dataset_opening.h"
#include "core/dataset/unclear_table.h"
#include "tests/support/error_of.h"
#include "tests/train/picture_folder.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

using Fill = std::function<void(const PictureFolder&)>;

void addPicture(const PictureFolder& folder, const QString& name)
{
    static int level = 0;
    folder.write(name, greyBitmap(4, 3, ++level % 256));
}

/// "name:class:split" of each, sorted.
QStringList told(const OpenedDataset& opened, const PictureFolder& folder)
{
    QStringList result;
    for (const DatasetPicture& picture : opened.dataset.pictures)
        result << QString::fromStdString(picture.path.lexically_relative(folder.path()).generic_string() + ":" +
                                         picture.className + ":" + std::string(toString(picture.split)));
    result.sort();
    return result;
}

const char* const gbifHeader = "gbifID\tclass\tspecies\tscientificName\trecordedBy\tlocality\n";

} // namespace

Q_DECLARE_METATYPE(Fill)
Q_DECLARE_METATYPE(ocellus::ErrorCode)

/// Folders and tables as people have them become data sets.
class TestDatasetOpening : public QObject {
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void stopsWhenAsked();
    void opens_data();
    void opens();
    void takesCubsBoxesAndParts();
    void keepsColumnsOfTables();
    void asksForColumnsWhoseNamesTellNothing_data();
    void asksForColumnsWhoseNamesTellNothing();
    void joinsFolders();
    void saysWhatIsNotThere();
};

void TestDatasetOpening::refuses_data()
{
    QTest::addColumn<Fill>("fill");
    QTest::addColumn<QString>("source");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const Fill& fill, const char* source, ErrorCode code, const char* says) {
        QTest::newRow(name) << fill << QString(source) << code << QString(says);
    };
    row(
        "no such folder", [](auto&) {}, "nowhere", ErrorCode::NotFound, "no such folder or table");
    row(
        "empty", [](auto& f) { f.makeFolder("a"); }, "a", ErrorCode::NotFound, "folders of their classes");
    row(
        "pictures without class", [](auto& f) { addPicture(f, "a/1.bmp"); }, "a", ErrorCode::NotFound,
        "in no class's folder");
    row(
        "a picture", [](auto& f) { addPicture(f, "1.bmp"); }, "1.bmp", ErrorCode::Unsupported, "is a picture");
    row(
        "table without pictures", [](auto& f) { f.write("a.csv", "file,species\n1.jpg,Wren\n"); }, "a.csv",
        ErrorCode::NotFound, "found none of 1");
    row(
        "table without species", [](auto& f) { f.write("a.csv", "file,weight\n1.jpg,3\n"); }, "a.csv",
        ErrorCode::Damaged, "a column of species");
    row(
        "table without picture column", [](auto& f) { f.write("a.csv", "species,weight\nWren,3\n"); }, "a.csv",
        ErrorCode::Damaged, "a column of pictures");
    row(
        "open quote", [](auto& f) { f.write("a.csv", "file,species\n\"1.jpg,Wren\n"); }, "a.csv", ErrorCode::Damaged,
        "line 2");
    row(
        "too few fields", [](auto& f) { f.write("a.csv", "file,species\n1.jpg\n"); }, "a.csv", ErrorCode::Damaged,
        "line 2");
    row(
        "no text", [](auto& f) { f.write("a.csv", QByteArray("file,species\n1.jpg,\0\n", 21)); }, "a.csv",
        ErrorCode::Damaged, "UTF-8");
    row(
        "a workbook", [](auto& f) { f.write("a.csv", QByteArray("PK\x03\x04\x14\0", 6)); }, "a.csv",
        ErrorCode::Unsupported, "Save it as CSV");
    row(
        "unknown split",
        [](auto& f) { addPicture(f, "1.bmp"), f.write("a.csv", "file,species,split\n1.bmp,Wren,later\n"); }, "a.csv",
        ErrorCode::Damaged, "train, val or test");
    row(
        "CUB: class missing",
        [](auto& f) {
            f.write("images.txt", "1 a/1.bmp\n"), f.write("image_class_labels.txt", "1 7\n");
            f.write("classes.txt", "1 a\n");
        },
        "", ErrorCode::Damaged, "a class of classes.txt");
    row(
        "CUB: number twice",
        [](auto& f) { f.write("images.txt", "1 a\n1 b\n"), f.write("image_class_labels.txt", "1 1\n"); }, "",
        ErrorCode::Damaged, "each number once");
    row(
        "CUB: no number", [](auto& f) { f.write("images.txt", "-1 a\n"), f.write("image_class_labels.txt", "1 1\n"); },
        "", ErrorCode::Damaged, "line 1");
    row(
        "CUB: box without area",
        [](auto& f) {
            addPicture(f, "images/a/1.bmp");
            f.write("images.txt", "1 a/1.bmp\n"), f.write("image_class_labels.txt", "1 1\n");
            f.write("bounding_boxes.txt", "1 0 0 0 5\n");
        },
        "", ErrorCode::Damaged, "a box with an area");
    row(
        "CUB: no finite box",
        [](auto& f) {
            f.write("images.txt", "1 a/1.bmp\n"), f.write("image_class_labels.txt", "1 1\n");
            f.write("bounding_boxes.txt", "1 0 nan 1e30 5\n");
        },
        "", ErrorCode::Damaged, "a number of pixels");
    row(
        "CUB: pictures missing",
        [](auto& f) { f.write("images.txt", "1 a/1.bmp\n"), f.write("image_class_labels.txt", "1 1\n"); }, "",
        ErrorCode::NotFound, "found none of 1");
}

void TestDatasetOpening::refuses()
{
    QFETCH(const Fill, fill);
    QFETCH(const QString, source);
    QFETCH(const ErrorCode, code);
    QFETCH(const QString, says);
    const PictureFolder folder;
    fill(folder);
    QString message;
    QCOMPARE(errorOf([&] { openDataset({folder.path() / source.toStdString()}); }, &message), std::optional(code));
    QVERIFY2(message.contains(says), qPrintable(message));
}

void TestDatasetOpening::stopsWhenAsked()
{
    const PictureFolder folder;
    addPicture(folder, "wren/1.bmp");
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(errorOf([&] { openDataset({folder.path()}, {}, Progress(stop.get_token())); }),
             std::optional(ErrorCode::Cancelled));
}

void TestDatasetOpening::opens_data()
{
    QTest::addColumn<Fill>("fill");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QStringList>("pictures");
    const auto row = [](const char* name, const Fill& fill, const char* source, const QStringList& pictures) {
        QTest::newRow(name) << fill << QString(source) << pictures;
    };
    row("a folder a class", [](auto& f) { addPicture(f, "wren/1.bmp"), addPicture(f, "robin/deep/2.bmp"); }, "",
        {"robin/deep/2.bmp:robin:", "wren/1.bmp:wren:"});
    row("spaces, commas, accents",
        [](auto& f) { addPicture(f, "Z. k\u00f6nig, klein/a, 1.bmp"), addPicture(f, "Me\u0301sange/2.bmp"); }, "",
        {"Me\u0301sange/2.bmp:M\u00e9sange:", "Z. k\u00f6nig, klein/a, 1.bmp:Z. k\u00f6nig, klein:"});
    row("one class in two normal forms",
        [](auto& f) { addPicture(f, "Me\u0301sange/1.bmp"), addPicture(f, "M\u00e9sange/2.bmp"); }, "",
        {"Me\u0301sange/1.bmp:M\u00e9sange:", "M\u00e9sange/2.bmp:M\u00e9sange:"});
    row("classes within years",
        [](auto& f) {
            for (const char* name : {"2023/Wren/1.bmp", "2023/robin/2.bmp", "2024/spring/wren/3.bmp"})
                addPicture(f, name);
        },
        "", {"2023/Wren/1.bmp:Wren:", "2023/robin/2.bmp:robin:", "2024/spring/wren/3.bmp:wren:"});
    row("a whole set within a folder",
        [](auto& f) { addPicture(f, "birds/all/wren/1.bmp"), addPicture(f, "birds/all/robin/old/2.bmp"); }, "",
        {"birds/all/robin/old/2.bmp:robin:", "birds/all/wren/1.bmp:wren:"});
    row("species within genera are not told from pictures' own folders",
        [](auto& f) { addPicture(f, "Anas/acuta/1.bmp"), addPicture(f, "Turdus/merula/2.bmp"); }, "",
        {"Anas/acuta/1.bmp:Anas:", "Turdus/merula/2.bmp:Turdus:"});
    row("a spreadsheet's table in German, in Windows-1252",
        [](auto& f) {
            addPicture(f, "Bilder/1.bmp"), addPicture(f, "Bilder/2.bmp");
            f.write("Liste.csv", "Bild;Art\r\n1.bmp;Zaunk\xF6nig\r\n2.bmp;\x84M\xF6we\x93\r\n");
        },
        "", {"Bilder/1.bmp:Zaunk\u00f6nig:", "Bilder/2.bmp:\u201eM\u00f6we\u201c:"});
    row("a table in French beside one folder",
        [](auto& f) {
            addPicture(f, "photos/1.bmp"), addPicture(f, "photos/2.bmp");
            f.write("liste.csv", "photo;Esp\u00e8ce\n1.bmp;M\u00e9sange\n2.bmp;Pie\n");
        },
        "", {"photos/1.bmp:M\u00e9sange:", "photos/2.bmp:Pie:"});
    row("train, valid and test beside masks",
        [](auto& f) {
            for (const char* name : {"train/a/1.bmp", "valid/a/2.bmp", "Test/a/3.bmp", "masks/a/1.bmp"})
                addPicture(f, name);
        },
        "", {"Test/a/3.bmp:a:test", "train/a/1.bmp:a:train", "valid/a/2.bmp:a:val"});
    row("a table beside a folder of pictures",
        [](auto& f) {
            addPicture(f, "images/1.bmp"), addPicture(f, "images/2.bmp");
            f.write("export.csv",
                    "\xEF\xBB\xBF"
                    "File;Species;Split\r\nimages\\1.bmp;\"Wren; small\";train\r\nimages/2.bmp; Robin ;VAL\r\n");
        },
        "", {"images/1.bmp:Wren; small:train", "images/2.bmp:Robin:val"});
    row("folders come before a table",
        [](auto& f) {
            addPicture(f, "a/1.bmp"), addPicture(f, "b/2.bmp");
            f.write("x.csv", "file,class\na/1.bmp,b\nb/2.bmp,a\n");
        },
        "", {"a/1.bmp:a:", "b/2.bmp:b:"});
    row("paths of another machine",
        [](auto& f) {
            addPicture(f, "p/1.bmp"), addPicture(f, "p/2.bmp");
            f.write("t.tsv", "path\tlabel\nC:\\me\\p\\1.bmp\tWren\n/home/me/photos/p/2.bmp\tRobin\n");
        },
        "t.tsv", {"p/1.bmp:Wren:", "p/2.bmp:Robin:"});
    row("GBIF's simple download: quotes are letters, pictures by the records' numbers",
        [](auto& f) {
            for (const char* name : {"11.bmp", "12_1.bmp", "12_2.bmp"})
                addPicture(f, name);
            f.write("0001.csv", QByteArray(gbifHeader) +
                                    "11\tAves\tParus major\tParus major L.\t\"J. Doe\tx\n"
                                    "12\tAves\t\tParus sp.\tA\ty\n13\tAves\tParus ater\tP\tB\tz\n");
        },
        "", {"11.bmp:Parus major:", "12_1.bmp:Parus sp.:", "12_2.bmp:Parus sp.:"});
    row("a Darwin Core archive of GBIF",
        [](auto& f) {
            for (const char* name : {"media/bird one.bmp", "media/700.bmp", "media/99.bmp"})
                addPicture(f, name);
            f.write("occurrence.txt", QByteArray(gbifHeader) +
                                          "1\tAves\tParus major\tP\tA\tx\n2\tAves\tParus ater\tP\tA\tx\n"
                                          "99\tAves\tParus ater\tP\tA\tx\n");
            f.write("multimedia.txt", "gbifID\ttype\tformat\tidentifier\n"
                                      "1\tStillImage\timage/jpeg\thttps://x.org/a/bird%20one.bmp?size=9\n"
                                      "2\tStillImage\timage/jpeg\thttps://y.org/photos/700/original.jpeg\n");
        },
        "", {"media/700.bmp:Parus ater:", "media/99.bmp:Parus ater:", "media/bird one.bmp:Parus major:"});
    row("iNaturalist's export",
        [](auto& f) {
            addPicture(f, "photos/501.bmp"), addPicture(f, "photos/8.bmp");
            f.write("observations-77.csv",
                    "id,observed_on,user_login,url,image_url,scientific_name,common_name\n"
                    "7,2024-05-01,me,https://www.inaturalist.org/observations/7,"
                    "https://inaturalist-open-data.s3.amazonaws.com/photos/501/medium.jpg,Danaus plexippus,\"Monarch, "
                    "the\"\n"
                    "8,2024-05-02,you,https://www.inaturalist.org/observations/8,,Pieris rapae,Small White\n");
        },
        "", {"photos/501.bmp:Danaus plexippus:", "photos/8.bmp:Pieris rapae:"});
}

void TestDatasetOpening::opens()
{
    QFETCH(const Fill, fill);
    QFETCH(const QString, source);
    QFETCH(QStringList, pictures);
    const PictureFolder folder;
    fill(folder);
    pictures.sort();
    const OpenedDataset opened = openDataset({source.isEmpty() ? folder.path() : folder.path() / source.toStdString()});
    QCOMPARE(told(opened, folder), pictures);
}

void TestDatasetOpening::takesCubsBoxesAndParts()
{
    const PictureFolder folder;
    addPicture(folder, "images/001.Wren/a b.bmp");
    addPicture(folder, "images/002.Robin/c.bmp");
    folder.write("images.txt", "1 001.Wren/a b.bmp\r\n2 002.Robin/c.bmp\r\n");
    folder.write("image_class_labels.txt", "1 1\n2 2\n");
    folder.write("classes.txt", "1 001.Wren\n2 002.Robin\n");
    folder.write("train_test_split.txt", "1 1\n2 0\n");
    folder.write("bounding_boxes.txt", "1 60.0 27.0 325.0 304.0\n");
    folder.write("parts/parts.txt", "1 back\n2 left eye\n");
    folder.write("parts/part_locs.txt", "1 1 0.0 0.0 0\n1 2 312.0 182.5 1\n");
    const OpenedDataset opened = openDataset({folder.path()});
    QCOMPARE(told(opened, folder),
             QStringList({"images/001.Wren/a b.bmp:001.Wren:train", "images/002.Robin/c.bmp:002.Robin:val"}));
    const DatasetPicture& first = opened.dataset.pictures.front();
    QCOMPARE(first.box, std::optional(PixelBox{60, 27, 325, 304}));
    QCOMPARE(first.parts.size(), std::size_t{1});
    QCOMPARE(opened.dataset.parts[first.parts[0].part], std::string("left eye"));
    QCOMPARE(first.parts[0].place.y, 182.5);
}

void TestDatasetOpening::keepsColumnsOfTables()
{
    const PictureFolder folder;
    addPicture(folder, "1.bmp");
    folder.write("a.csv", "file,species,observer,Nest box\n1.bmp,Wren,\"Doe, J\",7\n");
    const OpenedDataset opened = openDataset({folder.path() / "a.csv"}, {{}, {}, {}, {"nest_box"}});
    QCOMPARE(opened.dataset.columns, std::vector<std::string>({"nest_box", "observer"}));
    QCOMPARE(opened.dataset.pictures[0].columns, std::vector<std::string>({"7", "Doe, J"}));
    QString message;
    QCOMPARE(errorOf(
                 [&] {
                     openDataset({folder.path() / "a.csv"}, {{}, {}, {}, {"ring"}});
                 },
                 &message),
             std::optional(ErrorCode::BadArgument));
    QVERIFY2(message.contains("ring"), qPrintable(message));
}

void TestDatasetOpening::asksForColumnsWhoseNamesTellNothing_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QString>("guess"); ///< "picture, species"
    QTest::newRow("the table") << "t.csv" << QByteArray("nr,was,wo\n1,Wren,1.bmp\n2,Robin,2.bmp\n") << "wo, was";
    QTest::newRow("its folder, where all pictures lie in one folder")
        << "" << QByteArray("nr;was;wo\n1;Wren;p/1.bmp\n2;Robin;p/2.bmp\n") << "wo, was";
    QTest::newRow("its folder") << "" << QByteArray("nr;was;wo\n1;Wren;1.bmp\n2;Robin;2.bmp\n") << "wo, was";
    QTest::newRow("pictures by address") << "t.csv"
                                         << QByteArray(
                                                "wo,was\nhttps://x.org/1.bmp?size=9,Wren\nhttps://x.org/2.bmp,Robin\n")
                                         << "wo, was";
    QTest::newRow("a species that is known")
        << "" << QByteArray("where,Species,who\n1.bmp,Wren,me\n2.bmp,Robin,me\n") << "where, species";
    QTest::newRow("nothing likely") << "t.csv" << QByteArray("a,b\n1,2\n3,4\n") << ", ";
    QTest::newRow("no line") << "t.csv" << QByteArray("a,b\n") << ", ";
}

void TestDatasetOpening::asksForColumnsWhoseNamesTellNothing()
{
    QFETCH(const QString, source);
    QFETCH(const QByteArray, table);
    QFETCH(const QString, guess);
    const PictureFolder folder;
    const std::string below = table.contains("p/1.bmp") ? "p/" : "";
    addPicture(folder, (below + "1.bmp").c_str());
    addPicture(folder, (below + "2.bmp").c_str());
    folder.write("t.csv", table);
    try {
        openDataset({folder.path() / source.toStdString()});
        QFAIL("nothing was asked");
    } catch (const UnclearTable& unclear) {
        QCOMPARE(unclear.table().filename().string(), std::string("t.csv"));
        QCOMPARE(QString::fromStdString(unclear.guess().picture + ", " + unclear.guess().className), guess);
        QCOMPARE(unclear.preview().rows.size(), static_cast<std::size_t>(table.count('\n') - 1));
        if (!unclear.guess().picture.empty())
            QCOMPARE(told(openDataset({unclear.table()}, unclear.guess()), folder),
                     QStringList({QString::fromStdString(below + "1.bmp:Wren:"),
                                  QString::fromStdString(below + "2.bmp:Robin:")}));
    }
}

void TestDatasetOpening::joinsFolders()
{
    const PictureFolder folder;
    addPicture(folder, "one/wren/1.bmp");
    addPicture(folder, "two/wren/1.bmp");
    const OpenedDataset opened = openDataset({folder.path() / "one", folder.path() / "two", folder.path() / "one/"});
    QCOMPARE(told(opened, folder), QStringList({"one/wren/1.bmp:wren:", "two/wren/1.bmp:wren:"}));
    QCOMPARE(opened.skipped.count(), std::size_t{1});
}

void TestDatasetOpening::saysWhatIsNotThere()
{
    const PictureFolder folder;
    addPicture(folder, "1.bmp");
    addPicture(folder, "a/2.bmp");
    addPicture(folder, "b/2.bmp");
    folder.write("a.csv", "file,species\n1.bmp,Wren\n9.bmp,Wren\nc/2.bmp,Wren\n1.bmp,Robin\nx.bmp,\n");
    const OpenedDataset opened = openDataset({folder.path() / "a.csv"});
    QCOMPARE(opened.dataset.pictures.size(), std::size_t{1});
    const QString sentence = QString::fromStdString(opened.skipped.sentence());
    for (const char* part :
         {"1 not in the folder (line 3: 9.bmp)", "1 with a name that several files have (line 4: c/2.bmp)",
          "1 of a picture that another line has (line 5)", "1 without a species (line 6)"})
        QVERIFY2(sentence.contains(part), qPrintable(sentence));
}

QTEST_GUILESS_MAIN(TestDatasetOpening)
#include "test_dataset_opening.moc"
