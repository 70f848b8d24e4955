// SPDX-License-Identifier: GPL-3.0-or-later
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

#include "core/dataset/dataset_opening.h"
#include "core/dataset/dataset_problems.h"
#include "core/dataset/dataset_split.h"
#include "tests/support/error_of.h"

using namespace ocellus;

namespace {

/// Soft blotches that differ from kind to kind.
QImage scene(int kind, int width = 160, int height = 120)
{
    QImage picture(width, height, QImage::Format_RGB32);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
            const double u = x * 6.0 / width, v = y * 6.0 / height;
            const double a = std::sin(u * (1 + kind % 3) + kind * 1.7) + std::cos(v * (1 + kind % 4) - kind * 0.9);
            const double b = std::sin((u + v) * 0.7 + kind * 2.3) + std::sin(u * v * 0.4 + kind);
            picture.setPixel(x, y, qRgb(int(128 + 40 * a), int(128 + 30 * (a + b)), int(128 + 50 * b)));
        }
    return picture;
}

std::optional<DatasetProblem> problem(const std::vector<DatasetProblem>& problems, ProblemKind kind)
{
    const auto found = std::ranges::find(problems, kind, &DatasetProblem::kind);
    return found == problems.end() ? std::nullopt : std::optional(*found);
}

} // namespace

/// What is wrong with a data set is found, and each has a way out that ends it.
class TestDatasetProblems : public QObject {
    Q_OBJECT

private slots:
    void init();
    void findsBadFiles();
    void findsCopies();
    void findsChangedCopies_data();
    void findsChangedCopies();
    void leavesOthersAlone();
    void takesManyAlikeInOneLook();
    void stopsWhenAsked();
    void findsSimilarNames();
    void findsSmallClasses();

private:
    void save(const QString& name, const QImage& picture, int quality = 95) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(m_folder->filePath(name)).path()));
        QVERIFY(picture.save(m_folder->filePath(name), nullptr, quality));
    }
    void write(const QString& name, const QByteArray& bytes) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(m_folder->filePath(name)).path()));
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    void open()
    {
        m_dataset = openDataset({m_folder->path().toStdString()}).dataset;
        m_examination = examine(m_dataset);
    }
    std::vector<DatasetProblem> problems() const
    {
        return problemsOf(m_dataset, stateOf(m_dataset), m_examination, {.fewPictures = 2});
    }
    QStringList namesOf(const DatasetProblem& found) const
    {
        QStringList names;
        for (const int i : found.pictures)
            names << QString::fromStdString(m_dataset.pictures[static_cast<std::size_t>(i)].path.filename().string());
        return names;
    }
    /// Its remedy ends it.
    void verifyFixed(ProblemKind kind)
    {
        const auto found = problem(problems(), kind);
        QVERIFY(found && found->remedy && !found->sentence.empty() && !found->wayOut.empty());
        addStep(m_dataset, *found->remedy);
        QVERIFY(!problem(problems(), kind));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    Dataset m_dataset;
    Examination m_examination;
};

void TestDatasetProblems::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestDatasetProblems::findsBadFiles()
{
    save("a/good.png", scene(1));
    save("a/tiny.png", scene(2, 30, 200));
    save("a/grey.png", scene(3).convertToFormat(QImage::Format_Grayscale8));
    write("b/broken.jpg", "\xff\xd8\xff\xe0 nothing");
    save("b/good.png", scene(4));
    open();
    QCOMPARE(namesOf(*problem(problems(), ProblemKind::Unreadable)), QStringList("broken.jpg"));
    QCOMPARE(namesOf(*problem(problems(), ProblemKind::Tiny)), QStringList("tiny.png"));
    QCOMPARE(namesOf(*problem(problems(), ProblemKind::Grey)), QStringList("grey.png"));
    for (const ProblemKind kind : {ProblemKind::Unreadable, ProblemKind::Tiny, ProblemKind::Grey})
        verifyFixed(kind);
    QVERIFY(!problem(problems(), ProblemKind::Changed));
    save("a/good.png", scene(9));
    m_examination = examine(m_dataset);
    QCOMPARE(namesOf(*problem(problems(), ProblemKind::Changed)), QStringList("good.png"));
}

void TestDatasetProblems::findsCopies()
{
    save("train/a/1.png", scene(1));
    save("train/a/2.png", scene(2));
    save("val/a/3.png", scene(1));
    save("train/b/4.png", scene(2));
    save("train/b/5.png", scene(5));
    save("train/b/6.png", scene(5));
    save("val/b/7.png", scene(7));
    open();
    QCOMPARE(namesOf(*problem(problems(), ProblemKind::TwoClasses)), QStringList({"2.png", "4.png"}));
    QCOMPARE(namesOf(*problem(problems(), ProblemKind::SameContent)), QStringList("6.png")); // each is told of once
    QVERIFY(!problem(problems(), ProblemKind::NearDuplicates));
    QCOMPARE(namesOf(*problem(problems(), ProblemKind::AcrossSplit)), QStringList("3.png"));
    verifyFixed(ProblemKind::TwoClasses);
    verifyFixed(ProblemKind::AcrossSplit);
    verifyFixed(ProblemKind::SameContent);
    QVERIFY(problem(problems(), ProblemKind::NotInSplit)); // class a has nothing to be judged by now
}

void TestDatasetProblems::findsChangedCopies_data()
{
    QTest::addColumn<QImage>("copy");
    QTest::addColumn<int>("quality");
    const QImage one = scene(1, 240, 180);
    QTest::newRow("recompressed") << one << 20;
    QTest::newRow("smaller") << one.scaled(100, 75, Qt::IgnoreAspectRatio, Qt::SmoothTransformation) << 95;
    QTest::newRow("larger") << one.scaled(500, 380, Qt::IgnoreAspectRatio, Qt::SmoothTransformation) << 95;
    QTest::newRow("5 % off the left and top") << one.copy(12, 9, 228, 171) << 95;
    QTest::newRow("5 % off the right and bottom") << one.copy(0, 0, 228, 171) << 95;
    QTest::newRow("mirrored") << one.mirrored(true, false) << 95;
    QTest::newRow("all at once") << one.copy(6, 4, 228, 171).mirrored(true, false).scaled(150, 110) << 40;
}

void TestDatasetProblems::findsChangedCopies()
{
    QFETCH(const QImage, copy);
    QFETCH(const int, quality);
    save("train/a/1.png", scene(1, 240, 180));
    save("train/a/2.png", scene(2));
    save("val/a/copy.jpg", copy, quality);
    save("val/a/other.png", scene(3));
    open();
    const auto found = problem(problems(), ProblemKind::AcrossSplit);
    QVERIFY(found.has_value());
    QCOMPARE(namesOf(*found), QStringList("copy.jpg"));
    verifyFixed(ProblemKind::AcrossSplit);
}

void TestDatasetProblems::leavesOthersAlone()
{
    for (int kind = 1; kind < 25; ++kind)
        save(QStringLiteral("%1/%2.png").arg(kind % 2 ? "a" : "b").arg(kind), scene(kind));
    save("a/black.png", QImage(80, 80, QImage::Format_RGB32).convertToFormat(QImage::Format_Grayscale8));
    open();
    for (const ProblemKind kind : {ProblemKind::NearDuplicates, ProblemKind::SameContent, ProblemKind::AcrossSplit}) {
        const auto found = problem(problems(), kind);
        QVERIFY2(!found, qPrintable(found ? namesOf(*found).join(' ') : QString()));
    }
}

void TestDatasetProblems::takesManyAlikeInOneLook()
{
    const Fingerprint one = fingerprintOf(
        {{4, 4}, std::vector<std::uint8_t>{0, 0,  0,  9,  9, 9,  50, 50, 50, 200, 200, 200, 1, 1,   1,   7,
                                           7, 7,  5,  5,  5, 20, 20, 20, 2,  2,   2,   3,   3, 3,   0,   0,
                                           0, 99, 99, 99, 4, 4,  4,  8,  8,  8,   9,   9,   9, 255, 255, 255}});
    std::vector<Fingerprint> many(3'000, one);
    for (std::size_t i = 0; i < many.size(); ++i)
        many[i].grey[i % 1000] ^= 1;
    const auto groups = groupsOf(findNearDuplicates(many), many.size());
    QCOMPARE(groups.size(), std::size_t{1});
    QCOMPARE(groups[0].size(), many.size());
    QVERIFY(groupsOf({}, 5).empty());
}

void TestDatasetProblems::stopsWhenAsked()
{
    save("a/1.png", scene(1));
    open();
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(errorOf([&] { examine(m_dataset, Progress(stop.get_token())); }), std::optional(ErrorCode::Cancelled));
}

void TestDatasetProblems::findsSimilarNames()
{
    int kind = 0;
    for (const char* name : {"Zaunk\u00f6nig", "zaunkonig", "Blue_Jay", "012.Blue Jay", "Robin"})
        save(QStringLiteral("%1/1.png").arg(QString::fromUtf8(name)), scene(++kind));
    open();
    int pairs = 0;
    for (const DatasetProblem& found : problems())
        pairs += found.kind == ProblemKind::SimilarNames;
    QCOMPARE(pairs, 2);
    addStep(m_dataset, *problem(problems(), ProblemKind::SimilarNames)->remedy);
    verifyFixed(ProblemKind::SimilarNames);
    QCOMPARE(stateOf(m_dataset).classNames.size(), std::size_t{3});
}

void TestDatasetProblems::findsSmallClasses()
{
    for (int kind = 1; kind <= 20; ++kind)
        save(QStringLiteral("common/%1.png").arg(kind), scene(kind));
    save("rare/1.png", scene(21));
    open();
    // Without it, one class would be left.
    QVERIFY(!problem(problems(), ProblemKind::FewPictures)->remedy);
    for (int kind = 1; kind <= 19; ++kind)
        save(QStringLiteral("usual/%1.png").arg(kind), scene(30 + kind));
    open();
    QVERIFY(!problem(problems(), ProblemKind::TooFewClasses));
    const auto uneven = problem(problems(), ProblemKind::Imbalance);
    QVERIFY(uneven.has_value());
    QCOMPARE(uneven->classNames, std::vector<std::string>({"common", "rare"}));
    QCOMPARE(problem(problems(), ProblemKind::FewPictures)->classNames, std::vector<std::string>({"rare"}));
    verifyFixed(ProblemKind::FewPictures);
    for (const char* name : {"common", "usual"}) {
        ExcludePictures all{{}, "by hand"};
        for (std::size_t i = 0; i < m_dataset.pictures.size(); ++i)
            if (m_dataset.pictures[i].className == name)
                all.pictures.push_back(static_cast<int>(i));
        addStep(m_dataset, all);
        QVERIFY(problem(problems(), ProblemKind::TooFewClasses));
    }
    QVERIFY(problem(problems(), ProblemKind::TooFewClasses)->classNames.empty());
}

QTEST_GUILESS_MAIN(TestDatasetProblems)
#include "test_dataset_problems.moc"
