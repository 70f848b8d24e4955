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
    void takesLinkedPicturesButNoHiddenOnesAndNoLinkedFolders();
};

namespace {

void touch(const QTemporaryDir& root, const QString& name)
{
    QVERIFY(QDir(root.path()).mkpath(QFileInfo(name).path()));
    QFile file(root.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
}

QStringList relativeNames(const std::vector<ImageFile>& images)
{
    QStringList names;
    for (const ImageFile& image : images)
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
    QVERIFY(listImages(root.path().toStdString()).empty());
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
    for (const char* name : {"b/2.jpg", "b/10.jpg", "B/1.jpg", "a.png", "train/Robin/x.png", "b/notes.txt"})
        touch(root, name);
    const auto images = listImages(root.path().toStdString());
    QCOMPARE(relativeNames(images), QStringList({"B/1.jpg", "a.png", "b/10.jpg", "b/2.jpg", "train/Robin/x.png"}));
    QCOMPARE(images[0].className, std::string("B"));
    QCOMPARE(images[1].className, std::string());
    QCOMPARE(images[4].className, std::string("Robin"));
    QCOMPARE(QString::fromStdString(images[0].path.string()), root.filePath("B/1.jpg"));
}

void TestImageFolder::takesLinkedPicturesButNoHiddenOnesAndNoLinkedFolders()
{
    const QTemporaryDir outside;
    touch(outside, "far.png");
    const QTemporaryDir root;
    for (const char* name : {"a.png", ".hidden.png", ".cache/b.png", "folder.png/inside.txt"})
        touch(root, name);
    QVERIFY(QFile::link(outside.filePath("far.png"), root.filePath("link.png")));
    QVERIFY(QFile::link(outside.path(), root.filePath("folder link")));
    QVERIFY(QFile::link(root.path(), root.filePath("circle")));
    QVERIFY(QFile::link(root.filePath("nowhere"), root.filePath("broken.png")));
    QCOMPARE(relativeNames(listImages(root.path().toStdString())), QStringList({"a.png", "link.png"}));
}

QTEST_APPLESS_MAIN(TestImageFolder)
#include "test_image_folder.moc"
