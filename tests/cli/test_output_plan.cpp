// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <filesystem>
#include <fstream>

#include <QTemporaryDir>

#include "app/cli/output_plan.h"
#include "core/base/error.h"

using namespace ocellus;
namespace fs = std::filesystem;

namespace {

void touch(const fs::path& path)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path).put('x');
}

} // namespace

class TestOutputPlan : public QObject {
    Q_OBJECT

private slots:
    void init();
    void refusesCollisions_data();
    void refusesCollisions();
    void allowsNeighbours_data();
    void allowsNeighbours();
    void keepsEndingsWhereStemsCollide_data();
    void keepsEndingsWhereStemsCollide();
    void refusesFoldersOfTheirOwn();
    void refusesEmptyFolder();
    void keepsSubFolders();
    void leavesOutEarlierResults();
    void leavesOutResultsBehindLinks();
    void namesFigures();

private:
    fs::path root() const { return m_folder->path().toStdString(); }
    std::vector<ImageFile> pictures(const QStringList& names) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestOutputPlan::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

std::vector<ImageFile> TestOutputPlan::pictures(const QStringList& names) const
{
    std::vector<ImageFile> files;
    for (const QString& name : names) {
        touch(root() / name.toStdString());
        files.push_back(singlePicture(root() / name.toStdString()));
    }
    return files;
}

void TestOutputPlan::refusesCollisions_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("out");
    QTest::addColumn<QString>("expected");
    const QString own = "expected every picture to have results of its own";
    const QString safe = "expected --out to leave the pictures alone";
    QTest::newRow("same name in two folders") << QStringList{"x/a.jpg", "y/a.jpg"} << "out" << own;
    QTest::newRow("twice the same") << QStringList{"a.jpg", "a.jpg"} << "out" << own;
    QTest::newRow("figure over its picture") << QStringList{"a.png"} << "." << safe;
    QTest::newRow("figure over its picture, other spelling") << QStringList{"x/a.png"} << "x/../x/" << safe;
    QTest::newRow("further figure over a picture") << QStringList{"x/a.jpg", "y/a.3.png"} << "y" << safe;
    QTest::newRow("figure over another picture") << QStringList{"x/a.jpg", "y/b.png"} << "y" << safe;
}

void TestOutputPlan::refusesCollisions()
{
    QFETCH(QStringList, names);
    QFETCH(QString, out);
    QFETCH(QString, expected);
    try {
        planOutputs(pictures(names), root() / out.toStdString());
        QFAIL("no error");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::BadArgument);
        QVERIFY2(QString::fromUtf8(error.what()).contains(expected), error.what());
    }
}

void TestOutputPlan::allowsNeighbours_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("out");
    QTest::newRow("beside its results") << QStringList{"a.jpg", "b.jpg"} << ".";
    QTest::newRow("ending that is no class") << QStringList{"a.jpg", "a.017.jpg", "a.x7.jpg"} << "out";
    QTest::newRow("two dots") << QStringList{"a.b.jpg", "a.c.jpg"} << "out";
    QTest::newRow("PNG into another folder") << QStringList{"a.png"} << "out";
}

void TestOutputPlan::allowsNeighbours()
{
    QFETCH(QStringList, names);
    QFETCH(QString, out);
    QCOMPARE(planOutputs(pictures(names), root() / out.toStdString()).size(), static_cast<std::size_t>(names.size()));
}

void TestOutputPlan::keepsEndingsWhereStemsCollide_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QStringList>("bases");
    QTest::newRow("two endings") << QStringList{"a.jpeg", "a.jpg", "b.jpg"} << QStringList{"a.jpeg", "a.jpg", "b"};
    QTest::newRow("three") << QStringList{"a.jpeg", "a.jpg", "a.png"} << QStringList{"a.jpeg", "a.jpg", "a.png"};
    QTest::newRow("an ending in a stem") << QStringList{"a.jpg", "a.jpg.png", "a.png"}
                                         << QStringList{"a.jpg", "a.jpg.png", "a.png"};
    QTest::newRow("name of another's figure") << QStringList{"a.17.jpg", "a.jpg"} << QStringList{"a.17.jpg", "a"};
    QTest::newRow("iNaturalist") << QStringList{"original.jpg?1545", "original.jpg?1546"}
                                 << QStringList{"original.jpg?1545", "original.jpg?1546"};
}

void TestOutputPlan::keepsEndingsWhereStemsCollide()
{
    QFETCH(QStringList, names);
    QFETCH(QStringList, bases);
    QStringList found;
    for (const PlannedPicture& picture : planOutputs(pictures(names), root() / "out"))
        found << QString::fromStdString(picture.base.filename().string());
    QCOMPARE(found, bases);
}

void TestOutputPlan::refusesFoldersOfTheirOwn()
{
    touch(root() / "birds/a.jpg");
    for (const char* out : {"birds", "birds/", "birds/../birds"})
        QVERIFY_EXCEPTION_THROWN(picturesToExplain(root() / "birds", root() / out), Error);
}

void TestOutputPlan::refusesEmptyFolder()
{
    touch(root() / "birds/notes.txt");
    try {
        picturesToExplain(root() / "birds", root() / "out");
        QFAIL("no error");
    } catch (const Error& error) {
        QCOMPARE(error.code(), ErrorCode::NotFound);
    }
}

void TestOutputPlan::keepsSubFolders()
{
    touch(root() / "birds/a.jpg");
    touch(root() / "birds/finch/a.jpg");
    touch(root() / "birds/finch/zebra/b.c.jpg");
    const fs::path out = root() / "out";
    const auto plan = planOutputs(picturesToExplain(root() / "birds", out).images, out);
    QCOMPARE(plan.size(), std::size_t{3});
    QCOMPARE(plan[0].arrays(), out / "a.npz");
    QCOMPARE(plan[1].arrays(), out / "finch/a.npz");
    QCOMPARE(plan[2].arrays(), out / "finch/zebra/b.c.npz");
    QCOMPARE(plan[2].label, std::string("finch/zebra/b.c.jpg"));
}

void TestOutputPlan::leavesOutEarlierResults()
{
    touch(root() / "birds/a.jpg");
    touch(root() / "birds/results/a.png");
    QCOMPARE(picturesToExplain(root() / "birds", root() / "birds/results").images.size(), std::size_t{1});
    QCOMPARE(picturesToExplain(root() / "birds", root() / "elsewhere").images.size(), std::size_t{2});
    QCOMPARE(picturesToExplain(root() / "birds", root()).images.size(), std::size_t{2});
}

void TestOutputPlan::leavesOutResultsBehindLinks()
{
    touch(root() / "birds/a.jpg");
    touch(root() / "results/a.png");
    fs::create_directory_symlink(root() / "results", root() / "birds/last");
    const ImageListing listing = picturesToExplain(root() / "birds", root() / "results");
    QCOMPARE(listing.images.size(), std::size_t{1});
    QCOMPARE(listing.skipped.groups().at("in the folder of the results").count, std::size_t{1});
}

void TestOutputPlan::namesFigures()
{
    const auto plan = planOutputs(pictures({"a.b.jpg"}), root() / "out");
    QCOMPARE(plan[0].figure(0, 17, "png"), root() / "out/a.b.png");
    QCOMPARE(plan[0].figure(1, 17, "png"), root() / "out/a.b.17.png");
}

QTEST_APPLESS_MAIN(TestOutputPlan)
#include "test_output_plan.moc"
