// SPDX-License-Identifier: GPL-3.0-or-later
#include <functional>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "ui/engine/paths.h"
#include "ui/engine/thumbnail_cache.h"
#include "ui/engine/thumbnail_loader.h"

using namespace ocellus;

namespace {

QImage plain(Qt::GlobalColor colour, QSize size = {64, 40})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(colour);
    return image;
}

} // namespace

/// Thumbnails that are shared with file managers.
class TestThumbnailCache : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_picture = m_folder->filePath(QStringLiteral("a bird, \u00e9t\u00e9 #1.png"));
        QVERIFY(plain(Qt::red).save(m_picture));
    }

    void takesNothingElse_data()
    {
        QTest::addColumn<std::function<void(const QString&, const QString&)>>("spoil");
        using Spoil = std::function<void(const QString& thumbnail, const QString& picture)>;
        const auto row = [](const char* name, const Spoil& spoil) { QTest::newRow(name) << spoil; };
        row("none", [](const QString& thumbnail, const QString&) { QFile::remove(thumbnail); });
        row("cut short", [](const QString& thumbnail, const QString&) { QFile::resize(thumbnail, 60); });
        row("empty", [](const QString& thumbnail, const QString&) { QFile::resize(thumbnail, 0); });
        row("no picture", [](const QString& thumbnail, const QString&) {
            QFile file(thumbnail);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("PNG?");
        });
        row("of another program", [](const QString& thumbnail, const QString&) {
            QImage image(thumbnail);
            image.setText("Software", "GNOME::ThumbnailFactory");
            QVERIFY(image.save(thumbnail));
        });
        row("of another file", [](const QString& thumbnail, const QString&) {
            QImage image(thumbnail);
            image.setText("Thumb::URI", "file:///elsewhere.png");
            QVERIFY(image.save(thumbnail));
        });
        row("too large", [](const QString& thumbnail, const QString&) {
            QImage image = QImage(thumbnail).scaled(3000, 3000);
            QVERIFY(image.save(thumbnail));
        });
        row("picture rewritten", [](const QString&, const QString& picture) {
            QFile file(picture);
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.setFileTime(QDateTime::currentDateTime().addSecs(-5000), QFileDevice::FileModificationTime));
        });
        row("picture gone", [](const QString&, const QString& picture) { QFile::remove(picture); });
    }

    void takesNothingElse()
    {
        QFETCH(const std::function<void(const QString&, const QString&)>, spoil);
        const ThumbnailCache cache(m_folder->filePath("thumbnails"));
        cache.keep(toPath(m_picture), plain(Qt::blue));
        QVERIFY(!cache.find(toPath(m_picture)).isNull());
        spoil(thumbnail(), m_picture);
        QVERIFY(cache.find(toPath(m_picture)).isNull());
    }

    void keepsAsTheStandardSays()
    {
        const ThumbnailCache cache(m_folder->filePath("thumbnails"));
        cache.keep(toPath(m_picture), plain(Qt::blue));
        const QImage kept(thumbnail());
        QVERIFY(kept.text("Thumb::URI").endsWith("/a%20bird,%20%C3%A9t%C3%A9%20%231.png"));
        QVERIFY(kept.text("Thumb::MTime").toLongLong() > 0);
        QCOMPARE(QFile::permissions(thumbnail()) & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);
        QCOMPARE(cache.find(toPath(m_picture)).pixelColor(3, 3), QColor(Qt::blue));
    }

    void whatCannotBeWrittenIsDoneWithout()
    {
        const ThumbnailCache cache(m_picture + "/thumbnails"); // below a file
        cache.keep(toPath(m_picture), plain(Qt::blue));
        QVERIFY(cache.find(toPath(m_picture)).isNull());
    }

    /// Those asked for last come first, and of too many the oldest are told to come never.
    void theNewestComesFirst()
    {
        ThumbnailLoader loader(ThumbnailCache(m_folder->filePath("thumbnails")));
        QStringList order;
        connect(&loader, &ThumbnailLoader::thumbnailReady, this,
                [&](const std::filesystem::path& path) { order << toQString(path.filename()); });
        QSignalSpy dropped(&loader, &ThumbnailLoader::dropped);
        constexpr int asked = ThumbnailLoader::Most + 3;
        for (int i = 0; i < asked; ++i)
            loader.request("/nowhere/" + std::to_string(i) + ".png", {});
        QCOMPARE(dropped.size(), asked - ThumbnailLoader::Most);
        QTRY_COMPARE(order.size(), ThumbnailLoader::Most);
        QCOMPARE(order.first(), "0.png"); // it was begun
        QCOMPARE(order.at(1), QString("%1.png").arg(asked - 1));
    }

    /// A picture with a remark is decoded each time: the remark is not in the thumbnail.
    void remarksAreNotLost_data()
    {
        QTest::addColumn<bool>("isDeep");
        QTest::newRow("ordinary") << false;
        QTest::newRow("16 bits") << true;
    }

    void remarksAreNotLost()
    {
        QFETCH(const bool, isDeep);
        const QString file = m_folder->filePath("picture.png");
        QVERIFY(plain(Qt::red).convertToFormat(isDeep ? QImage::Format_RGBX64 : QImage::Format_RGB32).save(file));
        ThumbnailLoader loader(ThumbnailCache(m_folder->filePath("thumbnails")));
        for (int times = 0; times < 2; ++times) {
            QSignalSpy ready(&loader, &ThumbnailLoader::thumbnailReady);
            loader.request(toPath(file), {});
            QTRY_COMPARE(ready.size(), 1);
            QVERIFY(!ready.first().at(1).value<QImage>().isNull());
            QCOMPARE(ready.first().at(2).value<PictureFacts>().isDeep, isDeep);
        }
        QCOMPARE(ThumbnailCache(m_folder->filePath("thumbnails")).find(toPath(file)).isNull(), isDeep);
    }

private:
    QString thumbnail() const
    {
        const QDir folder(m_folder->filePath("thumbnails/large"));
        return folder.filePath(folder.entryList(QDir::Files).value(0));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_picture;
};

QTEST_MAIN(TestThumbnailCache)
#include "test_thumbnail_cache.moc"
