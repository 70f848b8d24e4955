// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "core/base/hash.h"

using namespace ocellus;

class TestHash : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatIsNoFile_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("missing") << "/no/such/file";
        QTest::newRow("folder") << QDir::tempPath();
    }

    void refusesWhatIsNoFile()
    {
        QFETCH(const QString, path);
        QVERIFY_EXCEPTION_THROWN(sha256OfFile(path.toStdString()), Error);
    }

    void equalsTheStandardsVectors_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("expected");
        // FIPS 180-4, and a file longer than one reading.
        QTest::newRow("empty") << QByteArray() << "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        QTest::newRow("abc") << QByteArray("abc") << "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        QTest::newRow("million a") << QByteArray(1000000, 'a')
                                   << "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    }

    void equalsTheStandardsVectors()
    {
        QFETCH(const QByteArray, content);
        QFETCH(const QString, expected);
        const QTemporaryDir folder;
        QFile file(folder.filePath("content"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        QCOMPARE(QString::fromStdString(sha256OfFile(file.fileName().toStdString())), expected);
    }

    void stopsWhenAsked()
    {
        std::stop_source stop;
        stop.request_stop();
        const QString program = QCoreApplication::applicationFilePath();
        try {
            sha256OfFile(program.toStdString(), Progress(stop.get_token()));
            QFAIL("expected Error(Cancelled)");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::Cancelled);
        }
    }

    void keysDifferWithContentAndSeed()
    {
        QVERIFY(contentKey("a") == contentKey("a"));
        QVERIFY(contentKey("a") != contentKey("b"));
        QVERIFY(contentKey("a", 1) != contentKey("a", 2));
    }
};

QTEST_GUILESS_MAIN(TestHash)
#include "test_hash.moc"
