// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "core/train/data/feature_store.h"
#include "tests/io/full_disk.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

Features someFeatures()
{
    Features features{3, 2, 5, {}};
    for (int i = 0; i < 30; ++i)
        features.values.push_back(static_cast<float>(i - 7) * 0.25F);
    return features;
}

const ContentKey key{0x0123456789abcdefU, 0xfedcba9876543210U};

QStringList filesBelow(const QTemporaryDir& folder)
{
    QStringList files;
    for (QDirIterator entry(folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); entry.hasNext();)
        files << entry.next();
    return files;
}

using Spoil = std::function<void(QByteArray&)>;

} // namespace

Q_DECLARE_METATYPE(Spoil)

/// Features come back as they were, or it is said what is wrong with them.
class TestFeatureStore : public QObject {
    Q_OBJECT

private slots:
    void tellsDamagedFiles_data();
    void tellsDamagedFiles();
    void keepsSinglePrecision();
    void folderInPlaceOfTheFileIsAnError();
    void refusesToWrite_data();
    void refusesToWrite();
    void refusesFolderThatCannotBe();
    void fullDiskIsAnError();
    void missingIsAbsent();
    void valuesComeBack();
    void writesAnew();
    void keyFollowsEverything();
};

void TestFeatureStore::tellsDamagedFiles_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("says");
    QTest::addColumn<bool>("looksSound");
    const auto row = [](const char* name, const Spoil& spoil, const char* says, bool looksSound = false) {
        QTest::newRow(name) << spoil << QString(says) << looksSound;
    };
    row(
        "empty", [](QByteArray& bytes) { bytes.clear(); }, "a header of 40 bytes, got 0 bytes");
    row(
        "cut in the header", [](QByteArray& bytes) { bytes.truncate(39); }, "got 39 bytes in all");
    row(
        "header alone", [](QByteArray& bytes) { bytes.truncate(40); },
        "expected 100 bytes, as its header says, got 40");
    row(
        "last byte missing", [](QByteArray& bytes) { bytes.chop(1); },
        "expected 100 bytes, as its header says, got 99");
    row(
        "a byte too many", [](QByteArray& bytes) { bytes.append('\0'); },
        "expected 100 bytes, as its header says, got 101");
    row(
        "another kind of file", [](QByteArray& bytes) { bytes[0] = 'P'; }, "begin with OCLFEAT1, got another");
    row(
        "no channels", [](QByteArray& bytes) { bytes.replace(8, 4, QByteArray(4, '\0')); }, "got 0 x 2 x 5");
    row(
        "negative rows", [](QByteArray& bytes) { bytes.replace(12, 4, QByteArray(4, '\xFF')); }, "got 3 x -1 x 5");
    row(
        "rows as many as there can be", [](QByteArray& bytes) { bytes.replace(12, 4, QByteArray("\xFF\xFF\xFF\x7F")); },
        "got 3 x 2147483647 x 5");
    row(
        "all extents as large as can be",
        [](QByteArray& bytes) {
            for (const int offset : {8, 12, 16})
                bytes.replace(offset, 4, QByteArray("\xFF\xFF\xFF\x7F"));
        },
        "got 2147483647 x 2147483647 x 2147483647");
    row(
        "a bit of the checksum", [](QByteArray& bytes) { bytes[24] = static_cast<char>(bytes[24] ^ 1); },
        "values with the checksum", true);
    row(
        "a bit of a value", [](QByteArray& bytes) { bytes[60] = static_cast<char>(bytes[60] ^ 1); },
        "values with the checksum", true);
    row(
        "values of three bytes", [](QByteArray& bytes) { bytes[20] = 3; }, "in values of 3");
    row(
        "half as exact as it says", [](QByteArray& bytes) { bytes[20] = 4; }, "expected 160 bytes");
    row(
        "zeros, as after a crash", [](QByteArray& bytes) { bytes.fill('\0'); }, "got another beginning");
}

void TestFeatureStore::tellsDamagedFiles()
{
    QFETCH(const Spoil, spoil);
    QFETCH(const QString, says);
    QFETCH(const bool, looksSound);
    const QTemporaryDir folder;
    const FeatureStore store(folder.path().toStdString());
    store.write(key, someFeatures());
    const QStringList files = filesBelow(folder);
    QCOMPARE(files.size(), 1);
    QFile file(files.front());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    spoil(bytes);
    QVERIFY(file.resize(0) && file.seek(0));
    QCOMPARE(file.write(bytes), bytes.size());
    file.close();

    QString message;
    QCOMPARE(errorOf([&] { store.read(key); }, &message), std::optional(ErrorCode::Damaged));
    QVERIFY2(message.startsWith(files.front() + ": expected ") && message.contains(says), qPrintable(message));
    QCOMPARE(store.contains(key), looksSound);
    store.write(key, someFeatures());
    QVERIFY(store.read(key));
}

/// The two precisions live in one folder and never take each other's place.
void TestFeatureStore::keepsSinglePrecision()
{
    const QTemporaryDir folder;
    const FeatureStore halves(folder.path().toStdString());
    const FeatureStore singles(folder.path().toStdString(), FeaturePrecision::Single);
    Features features = someFeatures();
    features.values.front() = 1.0F / 3;
    halves.write(halves.keyed(key), features);
    QVERIFY(!singles.contains(singles.keyed(key)));
    singles.write(singles.keyed(key), features);
    QVERIFY(singles.read(singles.keyed(key))->values == features.values);
    const std::vector<float> rounded = halves.read(halves.keyed(key))->values;
    QVERIFY(rounded != features.values);
    Features again = features;
    halves.round(again);
    QVERIFY(again.values == rounded);
    features.values.back() = NAN;
    QCOMPARE(errorOf([&] { singles.write(singles.keyed(key), features); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([&] { featurePrecisionFromName("double"); }), std::optional(ErrorCode::BadArgument));
}

void TestFeatureStore::folderInPlaceOfTheFileIsAnError()
{
    const QTemporaryDir folder;
    const FeatureStore store(folder.path().toStdString());
    store.write(key, someFeatures());
    const QString name = filesBelow(folder).front();
    QVERIFY(QFile::remove(name) && QDir().mkdir(name));
    QVERIFY(!store.contains(key));
    QCOMPARE(errorOf([&] { store.read(key); }), std::optional(ErrorCode::Unreadable));
    QCOMPARE(errorOf([&] { store.write(key, someFeatures()); }), std::optional(ErrorCode::Unreadable));
}

void TestFeatureStore::refusesToWrite_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("rows");
    QTest::addColumn<float>("value");
    QTest::newRow("no channels") << 0 << 2 << 1.0F;
    QTest::newRow("negative extents") << -3 << -2 << 1.0F;
    QTest::newRow("more than there are") << 4 << 2 << 1.0F;
    QTest::newRow("extents without sense")
        << std::numeric_limits<int>::max() << std::numeric_limits<int>::max() << 1.0F;
    QTest::newRow("no number") << 3 << 2 << std::numeric_limits<float>::quiet_NaN();
    QTest::newRow("infinite") << 3 << 2 << -std::numeric_limits<float>::infinity();
    QTest::newRow("beyond half precision") << 3 << 2 << 65520.0F;
}

void TestFeatureStore::refusesToWrite()
{
    QFETCH(int, channels);
    QFETCH(int, rows);
    QFETCH(float, value);
    const QTemporaryDir folder;
    const FeatureStore store(folder.path().toStdString());
    Features features = someFeatures();
    features.channels = channels;
    features.rows = rows;
    features.values[17] = value;
    QCOMPARE(errorOf([&] { store.write(key, features); }), std::optional(ErrorCode::BadArgument));
    QVERIFY(!store.contains(key));
}

void TestFeatureStore::refusesFolderThatCannotBe()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath("file"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(errorOf([&] { FeatureStore(file.fileName().toStdString()); }), std::optional(ErrorCode::Unreadable));
    QCOMPARE(errorOf([&] { FeatureStore((file.fileName() + "/below").toStdString()); }),
             std::optional(ErrorCode::Unreadable));
}

void TestFeatureStore::fullDiskIsAnError()
{
    const QTemporaryDir folder;
    const FeatureStore store(folder.path().toStdString());
    QString message;
    {
        const test::FullDisk limit(64);
        QCOMPARE(errorOf([&] { store.write(key, someFeatures()); }, &message), std::optional(ErrorCode::Unreadable));
    }
    QVERIFY2(message.contains("cannot be written") && message.contains("free space"), qPrintable(message));
    QCOMPARE(filesBelow(folder), QStringList());
    store.write(key, someFeatures());
    QVERIFY(store.read(key));
}

void TestFeatureStore::missingIsAbsent()
{
    const QTemporaryDir folder;
    const FeatureStore store((folder.path() + "/new/folder").toStdString());
    QVERIFY(!store.contains(key));
    QVERIFY(!store.read(key));
    store.write({1, 2}, someFeatures());
    QVERIFY(!store.contains(key));
    QVERIFY(store.contains({1, 2}));
}

void TestFeatureStore::valuesComeBack()
{
    const QTemporaryDir folder;
    Features features = someFeatures();
    features.values[0] = 65504.0F;
    features.values[1] = 1.0F / 3;
    features.values[2] = 0x1p-24F;
    FeatureStore(folder.path().toStdString()).write(key, features);
    const std::optional<Features> read = FeatureStore(folder.path().toStdString()).read(key);
    QVERIFY(read);
    QCOMPARE(read->channels, 3);
    QCOMPARE(read->rows, 2);
    QCOMPARE(read->columns, 5);
    QCOMPARE(read->values.size(), std::size_t{30});
    for (std::size_t i = 0; i < 30; ++i)
        QVERIFY(std::abs(read->values[i] - features.values[i]) <= std::abs(features.values[i]) * 0x1p-11F);
}

void TestFeatureStore::writesAnew()
{
    const QTemporaryDir folder;
    const FeatureStore store(folder.path().toStdString());
    store.write(key, someFeatures());
    const Features other{1, 1, 2, {8, 9}};
    store.write(key, other);
    QCOMPARE(store.read(key)->values, other.values);
    QCOMPARE(filesBelow(folder).size(), 1);
}

void TestFeatureStore::keyFollowsEverything()
{
    const PreprocessOptions options{.shortSide = 800, .longSide = 1333, .fixedSide = 224};
    const PreprocessOptions larger{.shortSide = 800, .longSide = 1333, .fixedSide = 256};
    const ContentKey base = featureKey("picture", "weights", options, false);
    QVERIFY(base == featureKey("picture", "weights", options, false));
    QVERIFY(base != featureKey("other", "weights", options, false));
    QVERIFY(base != featureKey("picture", "other", options, false));
    QVERIFY(base != featureKey("picture", "weights", larger, false));
    QVERIFY(base != featureKey("picture", "weights", options, true));
}

QTEST_GUILESS_MAIN(TestFeatureStore)
#include "test_feature_store.moc"
