// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>

#include <QTemporaryDir>
#include <QtTest>

#include "core/dataset/box_file.h"
#include "tests/support/error_of.h"

using namespace ocellus;

Q_DECLARE_METATYPE(ocellus::ErrorCode)

/// Boxes of COCO's JSON and of tables.
class TestBoxFile : public QObject {
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void reads_data();
    void reads();
    void keepsTheLargest();
    void matchesByTheEndOfPaths();

private:
    BoxFile read(const QByteArray& text) const
    {
        const std::string path = m_folder.filePath("boxes").toStdString();
        std::ofstream(path) << text.toStdString();
        return readBoxFile(path);
    }

    QTemporaryDir m_folder;
};

void TestBoxFile::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const char* text, const char* says) {
        QTest::newRow(name) << QByteArray(text) << QString(says);
    };
    row("nothing", "", "header");
    row("no box columns", "file,x,y\na,1,2\n", "width and height");
    row("a word for a number", "file,x,y,width,height\na,1,2,wide,4\n", "line 2");
    row("no area", "file,x,y,width,height\na,1,2,0,4\n", "line 2");
    row("edges the wrong way round", "file,xmin,ymin,xmax,ymax\na,10,2,5,4\n", "line 2");
    row("no name", "file,x,y,width,height\n,1,2,3,4\n", "line 2");
    row("beyond everything", "file,x,y,width,height\na,1,2,3e9,4\n", "line 2");
    row("header alone", "file,x,y,width,height\n", "got none");
    row("half of JSON", "{\"images\": [", "JSON");
    row("JSON without images", "{\"annotations\": []}", "expected a list");
    row("image without a name", "{\"images\": [{\"id\": 1}], \"annotations\": []}", "file_name");
    row("image without a number", "{\"images\": [{\"file_name\": \"a\"}], \"annotations\": []}", "\"id\"");
    row("image that is a list", "{\"images\": [[]], \"annotations\": []}", "\"id\"");
    row("box of another image",
        "{\"images\": [{\"id\": 1, \"file_name\": \"a\"}], \"annotations\": [{\"image_id\": 2, \"bbox\": [1,2,3,4]}]}",
        "annotation 1");
    row("box of three",
        "{\"images\": [{\"id\": 1, \"file_name\": \"a\"}], \"annotations\": [{\"image_id\": 1, \"bbox\": [1,2,3]}]}",
        "width and height");
    row("box of words",
        "{\"images\": [{\"id\": 1, \"file_name\": \"a\"}], \"annotations\": [{\"image_id\": 1, \"bbox\": \"all\"}]}",
        "expected a list");
    row("box without area",
        "{\"images\": [{\"id\": 1, \"file_name\": \"a\"}], \"annotations\": [{\"image_id\": 1, \"bbox\": [1,2,-3,4]}]}",
        "an area");
    row("no boxes", "{\"images\": [], \"annotations\": []}", "got none");
}

void TestBoxFile::refuses()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QString, says);
    QString message;
    QCOMPARE(errorOf([&] { read(text); }, &message), std::optional(ErrorCode::Damaged));
    QVERIFY2(message.contains(says), qPrintable(message));
}

void TestBoxFile::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("x, y, width, height") << QByteArray("file,x,y,width,height\na/1.jpg,10.4,20.6,30,40\n");
    QTest::newRow("edges, semicolons, decimal commas")
        << QByteArray("Image;xmin;ymin;xmax;ymax\r\na\\1.jpg;10,4;20,6;40,4;60,6\r\n");
    QTest::newRow("edges beside the picture's size")
        << QByteArray("filename,width,height,xmin,ymin,xmax,ymax\na/1.jpg,640,480,10,21,40,61\n");
    QTest::newRow("COCO") << QByteArray(
        "{\"info\": {}, \"images\": [{\"id\": 7, \"file_name\": \"a/1.jpg\", \"width\": 9}],"
        "\"annotations\": [{\"id\": 1, \"image_id\": 7, \"bbox\": [10.4, 20.6, 30, 40]},"
        "{\"id\": 2, \"image_id\": 7, \"bbox\": []}]}");
}

void TestBoxFile::reads()
{
    QFETCH(const QByteArray, text);
    const BoxFile file = read(text);
    QCOMPARE(file.boxes.size(), std::size_t{1});
    QCOMPARE(file.boxes.at("a/1.jpg"), (PixelBox{10, 21, 30, 40}));
}

void TestBoxFile::keepsTheLargest()
{
    const BoxFile file = read("file,x,y,w,h\na,0,0,5,5\na,1,1,6,6\na,2,2,3,3\n");
    QCOMPARE(file.boxes.at("a"), (PixelBox{1, 1, 6, 6}));
    QCOMPARE(file.notes.size(), std::size_t{1});
}

void TestBoxFile::matchesByTheEndOfPaths()
{
    Dataset dataset;
    for (const char* path : {"/photos/wren/1.jpg", "/photos/robin/1.jpg", "/photos/robin/2.jpg"})
        dataset.pictures.emplace_back().path = path;
    std::size_t unmatched = 0;
    const AssignBoxes step = boxesFor(
        dataset, read("file,x,y,w,h\nrobin/1.jpg,0,0,5,5\n2.jpg,1,1,6,6\n1.jpg,0,0,1,1\n9.jpg,0,0,1,1\n"), unmatched);
    QCOMPARE(step.pictures, std::vector<int>({1, 2}));
    QCOMPARE(unmatched, std::size_t{2});
    QCOMPARE(errorOf([&] { boxesFor(dataset, read("file,x,y,w,h\n9.jpg,0,0,5,5\n"), unmatched); }),
             std::optional(ErrorCode::Mismatch));
}

QTEST_GUILESS_MAIN(TestBoxFile)
#include "test_box_file.moc"
