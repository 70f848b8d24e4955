// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/error.h"
#include "core/data/image_folder.h"

using namespace ocellus;

/// What counts as a picture, in which order, and what is passed over.
class TestImageFolder : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatIsNoFolder();
    void emptyFolderHasNoPictures();
    void looksLike_data();
    void looksLike();
    void listsInByteOrder();
    void skips_data();
    void skips();
    void readsByContent();
    void followsLinksOnce();
    void leavesRawTwins();
};

namespace {

void touch(const QTemporaryDir& root, const QString& name)
{
    QVERIFY(QDir(root.path()).mkpath(QFileInfo(name).path()));
    QFile file(root.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
}

const QByteArray jpegStart("\xFF\xD8\xFF\xE0\0\x10JFIF", 10);

void write(const QTemporaryDir& root, const QString& name, const QByteArray& content)
{
    touch(root, name);
    QFile file(root.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

QStringList relativeNames(const ImageListing& listing)
{
    QStringList names;
    for (const ImageFile& image : listing.images)
        names << QString::fromStdString(image.relative.string());
    return names;
}

} // namespace

void TestImageFolder::refusesWhatIsNoFolder()
{
    const QTemporaryDir root;
    touch(root, "a.png");
    QVERIFY_EXCEPTION_THROWN(listImages(root.filePath("a.png").toStdString()), Error);
    QVERIFY_EXCEPTION_THROWN(listImages(root.filePath("missing").toStdString()), Error);
}

void TestImageFolder::emptyFolderHasNoPictures()
{
    const QTemporaryDir root;
    QVERIFY(listImages(root.path().toStdString()).images.empty());
}

void TestImageFolder::looksLike_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("expected");
    QTest::newRow("no extension") << "picture" << false;
    QTest::newRow("text") << "parts.csv" << false;
    QTest::newRow("hidden, no extension") << ".jpg" << false;
    QTest::newRow("system file") << "Thumbs.db" << false;
    QTest::newRow("upper case") << "DSC_0001.JPG" << true;
    QTest::newRow("two dots") << "a.tar.webp" << true;
    QTest::newRow("refused later with a reason") << "IMG_0001.heic" << true;
    for (const char* extension :
         {"jpg", "jpeg", "png", "tif", "tiff", "webp", "bmp", "cr2", "nef", "arw", "dng", "gif"})
        QTest::newRow(extension) << QString("a.") + extension << true;
}

void TestImageFolder::looksLike()
{
    QFETCH(QString, name);
    QFETCH(bool, expected);
    QCOMPARE(looksLikePicture(name.toStdString()), expected);
}

void TestImageFolder::listsInByteOrder()
{
    const QTemporaryDir root;
    // Folders may be called as copies of files are.
    for (const char* name : {"b/2.jpg", "b/10.jpg", "B/1.jpg", "a.png", "train/Robin/x.png", "b/notes.txt",
                             "x_original/a.jpg", "y.orig/a.jpg"})
        touch(root, name);
    const ImageListing listing = listImages(root.path().toStdString());
    const std::vector<ImageFile>& images = listing.images;
    QCOMPARE(relativeNames(listing), QStringList({"B/1.jpg", "a.png", "b/10.jpg", "b/2.jpg", "train/Robin/x.png",
                                                  "x_original/a.jpg", "y.orig/a.jpg"}));
    QCOMPARE(images[0].className, std::string("B"));
    QCOMPARE(images[1].className, std::string());
    QCOMPARE(images[4].className, std::string("Robin"));
    QCOMPARE(QString::fromStdString(images[0].path.string()), root.filePath("B/1.jpg"));
}

void TestImageFolder::skips_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("skipped");
    QTest::newRow("hidden file") << ".a.jpg"
                                 << "hidden"
                                 << ".a.jpg";
    QTest::newRow("hidden folder") << ".ipynb_checkpoints/a.jpg"
                                   << "hidden"
                                   << ".ipynb_checkpoints/";
    QTest::newRow("AppleDouble") << "Robin/._a.jpg"
                                 << "resource fork of macOS"
                                 << "Robin/._a.jpg";
    QTest::newRow("Synology's thumbnails") << "Robin/@eaDir/a.jpg/SYNOPHOTO_THUMB_M.jpg"
                                           << "system"
                                           << "Robin/@eaDir/";
    QTest::newRow("unpacked on a Mac") << "__MACOSX/a.jpg"
                                       << "system"
                                       << "__MACOSX/";
    QTest::newRow("Windows") << "Thumbs.db"
                             << "system"
                             << "Thumbs.db";
    QTest::newRow("exiftool") << "a.jpg_original"
                              << "backup, thumbnail or unfinished copy"
                              << "a.jpg_original";
    QTest::newRow("download") << "a.jpg.part"
                              << "backup, thumbnail or unfinished copy"
                              << "a.jpg.part";
    QTest::newRow("text") << "notes.txt"
                          << "no picture"
                          << "notes.txt";
    QTest::newRow("no extension, no picture") << "README"
                                              << "no picture"
                                              << "README";
}

void TestImageFolder::skips()
{
    QFETCH(QString, name);
    QFETCH(QString, reason);
    QFETCH(QString, skipped);
    const QTemporaryDir root;
    write(root, name, jpegStart);
    if (reason == "no picture")
        write(root, name, "some words");
    touch(root, "whole.jpg");
    const ImageListing listing = listImages(root.path().toStdString());
    QCOMPARE(relativeNames(listing), QStringList("whole.jpg"));
    QCOMPARE(listing.skipped.count(), std::size_t{1});
    const auto& [found, group] = *listing.skipped.groups().begin();
    QCOMPARE(QString::fromStdString(found), reason);
    QCOMPARE(QString::fromStdString(group.names.front()), skipped);
    QCOMPARE(QString::fromStdString(listing.skipped.sentence()),
             "1 file or folder left out: 1 " + reason + " (" + skipped + ")");
}

void TestImageFolder::readsByContent()
{
    const QTemporaryDir root;
    for (const char* name : {"original.jpg?1545", "DSC0001", "lies.txt", "photo.dat"})
        write(root, name, jpegStart);
    touch(root, "empty");
    QCOMPARE(relativeNames(listImages(root.path().toStdString())),
             QStringList({"DSC0001", "lies.txt", "original.jpg?1545", "photo.dat"}));
}

void TestImageFolder::followsLinksOnce()
{
    const QTemporaryDir outside;
    for (const char* name : {"far.png", "species/b.png", "species/deep/c.png"})
        touch(outside, name);
    const QTemporaryDir root;
    for (const char* name : {"a.png", "folder.png/inside.jpg", "z/own.png"})
        touch(root, name);
    const auto link = [&root](const QString& target, const QString& name) {
        QVERIFY(QFile::link(target, root.filePath(name)));
    };
    link(outside.filePath("far.png"), "link.png");
    link(outside.filePath("species"), "Robin");
    link(outside.filePath("species/deep"), "Wren"); // what Robin holds already
    link(root.filePath("z"), "before z");           // the real folder keeps its pictures
    link(root.filePath("z/own.png"), "z/again.png");
    link(root.path(), "circle");
    link(QFileInfo(root.path()).path(), "up");
    link(root.filePath("nowhere"), "broken.png");
    link(root.filePath("itself"), "itself");
    QVERIFY(QFile::link(outside.filePath("species"), outside.filePath("species/deep/round")));
    const ImageListing listing = listImages(root.path().toStdString());
    QCOMPARE(relativeNames(listing), QStringList({"Robin/b.png", "Robin/deep/c.png", "a.png", "folder.png/inside.jpg",
                                                  "link.png", "z/own.png"}));
    QCOMPARE(listing.images[0].className, std::string("Robin"));
    const auto& groups = listing.skipped.groups();
    using Names = std::vector<std::string>;
    QCOMPARE(groups.at("link to nowhere").count, std::size_t{2});
    QCOMPARE(groups.at("link back to a folder above").names, (Names{"circle/", "up/", "Robin/deep/round/"}));
    QCOMPARE(groups.at("listed already under another name").names, (Names{"Wren/", "before z/", "z/again.png"}));
}

void TestImageFolder::leavesRawTwins()
{
    const QTemporaryDir root;
    for (const char* name : {"IMG_1.JPG", "IMG_1.CR2", "IMG_2.heic", "IMG_2.jpg", "IMG_3.NEF", "x/IMG_1.CR2"})
        touch(root, name);
    const ImageListing listing = listImages(root.path().toStdString());
    // Without a readable twin they stay, to be refused with a reason.
    QCOMPARE(relativeNames(listing), QStringList({"IMG_1.JPG", "IMG_2.jpg", "IMG_3.NEF", "x/IMG_1.CR2"}));
    QCOMPARE(listing.skipped.groups().at("raw or HEIC twin of a picture").count, std::size_t{2});
}

QTEST_APPLESS_MAIN(TestImageFolder)
#include "test_image_folder.moc"
