// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QTest>

#include "tests/window/window_fixture.h"
#include "ui/engine/paths.h"

using namespace ocellus;

namespace {

QByteArray encoded(const char* format)
{
    QImage image(64, 48, QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgb(x * 4, y * 5, (x * y) % 256));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!image.save(&buffer, format))
        qFatal("cannot encode a picture");
    return bytes;
}

/// A PNG whose header promises 30000 x 30000 pixels, with a right checksum.
QByteArray bomb()
{
    return QByteArray::fromHex("89504e470d0a1a0a"
                               "0000000d4948445200007530000075300802000000e9456fed"
                               "0000000c49444154789c6360a03d00000064000186643c35"
                               "0000000049454e44ae426082");
}

} // namespace

/// Files that are not what they should be: a message says so in its place, and the window lives on.
class TestBadFiles : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_fixture = std::make_unique<WindowFixture>();
        QVERIFY(m_fixture->openAll());
    }

    void refusesPictures_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("said"); ///< a word of the message
        const QByteArray jpeg = encoded("JPG");
        QTest::newRow("empty") << m_fixture->write("empty.jpg", {}) << "empty";
        QTest::newRow("cut JPEG") << m_fixture->write("cut.jpg", jpeg.left(jpeg.size() / 2)) << "cut.jpg";
        QTest::newRow("JPEG without its last byte") << m_fixture->write("cut1.jpg", jpeg.chopped(1)) << "cut1.jpg";
        QTest::newRow("cut PNG") << m_fixture->write("cut.png", encoded("PNG").chopped(40)) << "cut.png";
        QTest::newRow("30000 x 30000") << m_fixture->write("bomb.png", bomb()) << "bomb.png";
        QTest::newRow("text as JPEG") << m_fixture->write("text.jpg", "The quick brown fox.") << "text.jpg";
        QTest::newRow("HEIC") << m_fixture->write("photo.heic", QByteArray::fromHex("00000018667479706865696300000000"))
                              << "HEIC";
        QTest::newRow("empty, beyond ASCII")
            << m_fixture->write(QString::fromUtf8("Гагара ✗.jpg"), {}) << QString::fromUtf8("Гагара ✗.jpg");
        QTest::newRow("not there") << m_fixture->path("nowhere.jpg") << "nowhere.jpg";
        const QString folder = m_fixture->path("folder.jpg");
        QDir().mkpath(folder);
        QTest::newRow("empty folder") << folder << "folder.jpg";
        const QString pipe = m_fixture->path("pipe.png");
        ::mkfifo(QFile::encodeName(pipe).constData(), 0600);
        QTest::newRow("a pipe that nobody writes to") << pipe << "pipe.png";
        const QString dangling = m_fixture->path("dangling.png");
        QFile::link(m_fixture->path("gone.png"), dangling);
        QTest::newRow("link to nothing") << dangling << "dangling.png";
        QTest::newRow("a pseudo-file that refuses reads") << "/proc/self/mem"
                                                          << "/proc/self/mem";
    }

    void refusesPictures()
    {
        QFETCH(const QString, path);
        QFETCH(const QString, said);
        m_fixture->window().pictures().open({toPath(path)});
        QTRY_VERIFY2_WITH_TIMEOUT(m_fixture->message().contains(said), qPrintable(m_fixture->message()), Patience);
        QVERIFY(m_fixture->settle());
        livesOn();
    }

    void tellsWhyAPictureIsNotShownUntilAnotherOneIs()
    {
        const QString path = m_fixture->write("cut2.png", encoded("PNG").chopped(40));
        m_fixture->window().pictures().open({toPath(path)});
        QTRY_VERIFY2_WITH_TIMEOUT(m_fixture->message().contains("cut2.png"), qPrintable(m_fixture->message()),
                                  Patience);
        QVERIFY(m_fixture->settle());
        const QString why = m_fixture->answer().explanationOnScreen().whyEmpty;
        QVERIFY2(why.startsWith("This picture cannot be read: "), qPrintable(why));
        m_fixture->document().setCurrentPicture(0);
        QCOMPARE(m_fixture->message(), QString());
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->answer().explanationOnScreen().whyEmpty, QString());
    }

    void opensPicturesBeyondAscii()
    {
        const QString path = m_fixture->write(QString::fromUtf8("Lagopède – ライチョウ.png"), encoded("PNG"));
        m_fixture->window().pictures().open({toPath(path)});
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->answer().explanation().pictureName,
                                  QString::fromUtf8("Lagopède – ライチョウ.png"), Patience);
        QVERIFY(m_fixture->settle());
    }

    void opensAPictureWithAWrongExtension()
    {
        const QString path = m_fixture->write("really-png.jpg", encoded("PNG"));
        m_fixture->window().pictures().open({toPath(path)});
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->answer().explanation().pictureName, QString("really-png.jpg"), Patience);
        QVERIFY(m_fixture->settle());
    }

    void refusesCheckpoints_data()
    {
        QTest::addColumn<QString>("path");
        QFile good(m_fixture->checkpoint());
        QVERIFY(good.open(QIODevice::ReadOnly));
        const QByteArray start = good.read(100'000);
        QTest::newRow("empty") << m_fixture->write("empty.pth", {});
        QTest::newRow("cut header") << m_fixture->write("cut-header.safetensors", start.left(50));
        QTest::newRow("cut values") << m_fixture->write("cut-values.safetensors", start);
        QTest::newRow("text") << m_fixture->write("text.pth", "The quick brown fox.");
        QTest::newRow("a picture") << m_fixture->write("picture.pth", encoded("PNG"));
        QTest::newRow("header of 2^63 bytes")
            << m_fixture->write("huge.safetensors", QByteArray::fromHex("ffffffffffffff7f7b7d"));
        QTest::newRow("calls os.system") << m_fixture->write(
            "evil.pth", QByteArray("\x80\x02") + "cposix\nsystem\nX\x04\x00\x00\x00true\x85R.");
        QTest::newRow("one tensor") << QString(OCELLUS_TEST_DATA "/io/single_tensor.pth");
        QTest::newRow("no tensors") << QString(OCELLUS_TEST_DATA "/io/not_tensors.pth");
        QTest::newRow("no model of ours") << QString(OCELLUS_TEST_DATA "/io/bare_zip.pth");
        QTest::newRow("not there") << m_fixture->path("nowhere.pth");
        QTest::newRow("a pseudo-file that refuses reads") << QString("/proc/self/mem");
    }

    void refusesCheckpoints()
    {
        QFETCH(const QString, path);
        const std::string hash = m_fixture->document().model()->sha256;
        m_fixture->document().openCheckpoint(toPath(path));
        QTRY_VERIFY2_WITH_TIMEOUT(m_fixture->message().contains(QFileInfo(path).fileName()),
                                  qPrintable(m_fixture->message()), Patience);
        QVERIFY(m_fixture->settle());
        QCOMPARE(m_fixture->document().model()->sha256, hash);
        livesOn();
    }

    void refusesClassTables_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("said");
        QTest::newRow("too many") << m_fixture->write("six.txt", "a\nb\nc\nd\ne\nf\n") << "6";
        QTest::newRow("too few") << m_fixture->write("two.txt", "a\nb\n") << "2";
        QTest::newRow("a gap") << m_fixture->write("gap.txt", "0 a\n1 b\n2 c\n3 d\n5 e\n") << "gap.txt";
        QTest::newRow("a name twice") << m_fixture->write("twice.txt", "a\nb\nc\nd\na\n") << "twice.txt";
        QTest::newRow("empty") << m_fixture->write("empty.txt", {}) << "empty.txt";
        QTest::newRow("a picture") << m_fixture->picture(0) << "picture0.png";
        QTest::newRow("not there") << m_fixture->path("nowhere.txt") << "nowhere.txt";
    }

    void refusesClassTables()
    {
        QFETCH(const QString, path);
        QFETCH(const QString, said);
        m_fixture->document().loadClassTable(toPath(path));
        QTRY_VERIFY2(m_fixture->message().contains(said), qPrintable(m_fixture->message()));
        QVERIFY(!m_fixture->document().classNames().areKnown());
        QCOMPARE(m_fixture->answer().explanation().className,
                 QString::number(m_fixture->answer().explanation().classIndex));
        livesOn();
    }

private:
    static constexpr int Patience = 60'000;

    /// Another picture can be looked at; the message bar is cleared for the next row.
    void livesOn()
    {
        Document& document = m_fixture->document();
        const int row = document.pictures().rowOf(toPath(m_fixture->picture(m_next ? 1 : 0)));
        m_next = !m_next;
        document.setCurrentPicture(row);
        QVERIFY(m_fixture->settle());
        QCOMPARE(document.currentPicture(), row);
        QVERIFY(m_fixture->answer().result().decoding);
        emit document.noticed("cleared");
        QCOMPARE(m_fixture->message(), QString("cleared"));
    }

    std::unique_ptr<WindowFixture> m_fixture;
    bool m_next = false;
};

QTEST_MAIN(TestBadFiles)
#include "test_bad_files.moc"
