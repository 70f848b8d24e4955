// SPDX-License-Identifier: GPL-3.0-or-later
#include <functional>

#include <QSet>
#include <QtTest>

#include "core/base/hash.h"
#include "core/data/specimen_names.h"
#include "core/train/data/training_set.h"
#include "tests/support/error_of.h"
#include "tests/train/picture_folder.h"

using namespace ocellus;
using namespace ocellus::test;

namespace {

/// Two classes with two pictures each to train on and one to measure.
void fill(const PictureFolder& folder)
{
    int level = 0;
    for (const char* name : {"train/wren/1.bmp", "train/wren/2.bmp", "train/robin/1.bmp", "train/robin/2.bmp",
                             "val/wren/3.bmp", "val/robin/3.bmp"})
        folder.write(name, greyBitmap(4, 3, ++level));
}

QStringList relativeNames(const std::vector<TrainingPicture>& pictures)
{
    QStringList names;
    for (const TrainingPicture& picture : pictures)
        names << QString::fromStdString(picture.relative.string());
    return names;
}

using Spoil = std::function<void(const PictureFolder&)>;

} // namespace

Q_DECLARE_METATYPE(Spoil)
Q_DECLARE_METATYPE(ocellus::ErrorCode)

/// What is wrong with a data set is said before hours are spent on it.
class TestTrainingSet : public QObject {
    Q_OBJECT

private slots:
    void refusesBadData_data();
    void refusesBadData();
    void refusesMissingFolder();
    void stopsWhenAsked();
    void leavesOutUnreadable();
    void strictListsAllUnreadable();
    void notes_data();
    void notes();
    void readsInByteOrder();
    void takesLinkedClasses();
    void namesWhatItSkips();
    void takesOneClassInTwoSpellings();
    void takesNumbersForNames();
    void drawsValidation();
    void tellsSpecimens_data();
    void tellsSpecimens();
    void hashFollowsNamesAndContents();
    void reportsUpToTheEnd();
};

void TestTrainingSet::refusesBadData_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const Spoil& spoil, ErrorCode code, const char* says) {
        QTest::newRow(name) << spoil << code << QString(says);
    };
    row(
        "no train", [](auto& f) { f.remove("train"); }, ErrorCode::NotFound, "there is no such folder");
    row(
        "no val", [](auto& f) { f.remove("val"); }, ErrorCode::NotFound, "--val-share 0.2");
    row(
        "val is a file", [](auto& f) { f.remove("val"), f.write("val", "x"); }, ErrorCode::NotFound, "is a file");
    row(
        "empty train", [](auto& f) { f.remove("train"), f.makeFolder("train"); }, ErrorCode::Damaged,
        "expected a sub-folder for each class, got none");
    row(
        "empty val", [](auto& f) { f.remove("val"), f.makeFolder("val"); }, ErrorCode::Damaged, "got none");
    row(
        "single class", [](auto& f) { f.remove("train/wren"), f.remove("val/wren"); }, ErrorCode::Mismatch,
        "expected at least two classes, got only robin");
    row(
        "class missing from val", [](auto& f) { f.remove("val/wren"); }, ErrorCode::Mismatch, "wren only in train");
    row(
        "class missing from train", [](auto& f) { f.remove("train/robin"); }, ErrorCode::Mismatch, "robin only in val");
    row(
        "other case", [](auto& f) { f.remove("val/wren"), f.write("val/Wren/1.bmp", greyBitmap(1, 1, 9)); },
        ErrorCode::Mismatch, "got wren in train and Wren in val, which differ in upper and lower case only");
    row(
        "other classes", [](auto& f) { f.remove("val/wren"), f.write("val/owl/1.bmp", greyBitmap(1, 1, 9)); },
        ErrorCode::Mismatch, "got wren only in train and owl only in val");
    row(
        "one class in two spellings",
        [](auto& f) {
            f.makeFolder(QString::fromUtf8("train/Zaunk\u00F6nig")),
                f.makeFolder(QString::fromUtf8("train/Zaunko\u0308nig"));
        },
        ErrorCode::Damaged, "forms C and D");
    row(
        "two classes that differ in case", [](auto& f) { f.makeFolder("train/Wren"); }, ErrorCode::Damaged,
        "differs from");
    row(
        "a number for a name",
        [](auto& f) { f.write("train/7/1.bmp", greyBitmap(1, 1, 9)), f.write("val/7/1.bmp", greyBitmap(1, 1, 8)); },
        ErrorCode::Damaged, "got only the number 7");
    row(
        "two names that read the same", [](auto& f) { f.makeFolder("train/a_b"), f.makeFolder("train/a b"); },
        ErrorCode::Damaged, "given before");
    row(
        "empty class", [](auto& f) { f.remove("train/wren"), f.makeFolder("train/wren"); }, ErrorCode::Damaged,
        "expected at least one picture of each class, got none of wren");
    row(
        "only text in a class", [](auto& f) { f.remove("val/wren"), f.write("val/wren/readme.txt", "x"); },
        ErrorCode::Damaged, "got none of wren");
    row(
        "no readable picture of a class", [](auto& f) { f.write("val/robin/3.bmp", "BM"); }, ErrorCode::Damaged,
        "expected at least one readable picture of each class, got none of robin; the first left out: ");
    row(
        "every picture unreadable",
        [](auto& f) {
            for (const char* name : {"train/wren/1.bmp", "train/wren/2.bmp", "train/robin/1.bmp", "train/robin/2.bmp",
                                     "val/wren/3.bmp", "val/robin/3.bmp"})
                f.write(name, "no picture");
        },
        ErrorCode::Damaged, "got none of robin, wren; the first left out: ");
}

void TestTrainingSet::refusesBadData()
{
    QFETCH(Spoil, spoil);
    QFETCH(ErrorCode, code);
    QFETCH(QString, says);
    const PictureFolder folder;
    fill(folder);
    spoil(folder);
    QString message;
    QCOMPARE(errorOf([&] { readTrainingSet(folder.path(), {}); }, &message), std::optional(code));
    QVERIFY2(message.contains(says), qPrintable(message));
}

void TestTrainingSet::refusesMissingFolder()
{
    const PictureFolder folder;
    QCOMPARE(errorOf([&] { readTrainingSet(folder.path() / "nowhere", {}); }), std::optional(ErrorCode::NotFound));
}

void TestTrainingSet::stopsWhenAsked()
{
    const PictureFolder folder;
    fill(folder);
    std::stop_source stop;
    const Progress progress(stop.get_token(), [&](Stage, double) { stop.request_stop(); });
    QCOMPARE(errorOf([&] { readTrainingSet(folder.path(), {}, progress); }), std::optional(ErrorCode::Cancelled));
}

void TestTrainingSet::leavesOutUnreadable()
{
    const PictureFolder folder;
    fill(folder);
    folder.write("val/robin/0.bmp", greyBitmap(4, 3, 77).chopped(1));
    folder.write("train/wren/1.bmp", "");
    folder.write("train/wren/0.heic", "no picture either");
    const TrainingSet set = readTrainingSet(folder.path(), {});
    QCOMPARE(relativeNames(set.train), QStringList({"train/robin/1.bmp", "train/robin/2.bmp", "train/wren/2.bmp"}));
    QCOMPARE(relativeNames(set.val), QStringList({"val/robin/3.bmp", "val/wren/3.bmp"}));
    QCOMPARE(set.unreadable.size(), std::size_t{3});
    QCOMPARE(set.unreadable[0].subject(), (folder.path() / "train/wren/0.heic").string());
    QCOMPARE(set.unreadable[1].subject(), (folder.path() / "train/wren/1.bmp").string());
    QCOMPARE(set.unreadable[2].subject(), (folder.path() / "val/robin/0.bmp").string());
}

void TestTrainingSet::strictListsAllUnreadable()
{
    const PictureFolder folder;
    fill(folder);
    folder.write("val/robin/0.bmp", "");
    folder.write("train/wren/1.bmp", "");
    QString message;
    QCOMPARE(errorOf([&] { readTrainingSet(folder.path(), {true}); }, &message), std::optional(ErrorCode::Damaged));
    QVERIFY2(message.contains("got 2 others") && message.contains("val/robin/0.bmp: ") &&
                 message.contains("train/wren/1.bmp: "),
             qPrintable(message));
}

void TestTrainingSet::notes_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const Spoil& spoil, const char* says) {
        QTest::newRow(name) << spoil << QString(says);
    };
    row(
        "few pictures", [](auto&) {}, "fewer than 10 pictures to train on: robin, wren");
    row(
        "a picture of train in val", [](auto& f) { f.write("val/wren/a.bmp", greyBitmap(4, 3, 1)); },
        "1 pictures of val are in train too, which flatters what is measured on val: val/wren/a.bmp = "
        "train/wren/1.bmp");
    row(
        "one picture in two classes", [](auto& f) { f.write("train/wren/a.bmp", greyBitmap(4, 3, 3)); },
        "1 pictures of train are in another class too: train/wren/a.bmp = train/robin/1.bmp");
    row(
        "a picture of train in val, by a link",
        [](auto& f) {
            const auto path = std::filesystem::path(f.path());
            std::filesystem::create_directory_symlink(path / "train/wren", path / "val/wren/more");
        },
        "2 pictures of val are in train too, which flatters what is measured on val: val/wren/more/1.bmp = "
        "train/wren/1.bmp, val/wren/more/2.bmp = train/wren/2.bmp");
}

void TestTrainingSet::notes()
{
    QFETCH(Spoil, spoil);
    QFETCH(QString, says);
    const PictureFolder folder;
    fill(folder);
    spoil(folder);
    const TrainingSet set = readTrainingSet(folder.path(), {true});
    QStringList notes;
    for (const std::string& note : set.notes)
        notes << QString::fromStdString(note);
    QVERIFY2(notes.contains(says), qPrintable(notes.join('\n')));
}

void TestTrainingSet::readsInByteOrder()
{
    const PictureFolder folder;
    fill(folder);
    for (const char* split : {"train/", "val/"}) {
        folder.write(QString(split) + "wren-2/z.bmp", greyBitmap(5, 2, split[0]));
        folder.write(QString(split) + "Zaunkönig/deeper/z.bmp", greyBitmap(6, 2, split[0]));
    }
    const TrainingSet set = readTrainingSet(folder.path(), {true});
    QCOMPARE(set.classNames, std::vector<std::string>({"Zaunkönig", "robin", "wren", "wren-2"}));
    QCOMPARE(relativeNames(set.val),
             QStringList({"val/Zaunkönig/deeper/z.bmp", "val/robin/3.bmp", "val/wren-2/z.bmp", "val/wren/3.bmp"}));
    QCOMPARE(set.train.size(), std::size_t{6});
    const TrainingPicture& picture = set.val[2];
    QCOMPARE(picture.classIndex, 3);
    QCOMPARE(picture.path, folder.path() / "val/wren-2/z.bmp");
    QVERIFY((picture.size == Size{5, 2}));
    QCOMPARE(picture.sha256, sha256OfFile(picture.path));
    QVERIFY(set.unreadable.empty());
}

void TestTrainingSet::takesLinkedClasses()
{
    const PictureFolder folder;
    const PictureFolder elsewhere;
    fill(folder);
    fill(elsewhere);
    folder.remove("train/wren");
    std::filesystem::create_directory_symlink(elsewhere.path() / "train/wren", folder.path() / "train/wren");
    QCOMPARE(readTrainingSet(folder.path(), {true}).train.size(), std::size_t{4});
}

void TestTrainingSet::namesWhatItSkips()
{
    const PictureFolder folder;
    fill(folder);
    folder.write("train/lost.bmp", greyBitmap(4, 3, 9));
    folder.write("train/wren/@eaDir/1.bmp", greyBitmap(4, 3, 1));
    folder.write("train/.ipynb_checkpoints/1.bmp", greyBitmap(4, 3, 1));
    folder.write("val/wren/notes.txt", "words");
    folder.write("train/wren/original?7", greyBitmap(4, 3, 71));
    const TrainingSet set = readTrainingSet(folder.path(), {true});
    QCOMPARE(set.train.size(), std::size_t{5});
    using Names = std::vector<std::string>;
    QCOMPARE(set.skipped.groups().at("in no class's folder").names, Names{"train/lost.bmp"});
    QCOMPARE(set.skipped.groups().at("system").names, Names{"train/wren/@eaDir/"});
    QCOMPARE(set.skipped.groups().at("hidden").names, Names{"train/.ipynb_checkpoints/"});
    QCOMPARE(set.skipped.groups().at("no picture").names, Names{"val/wren/notes.txt"});
}

void TestTrainingSet::takesOneClassInTwoSpellings()
{
    const PictureFolder folder;
    fill(folder);
    folder.write(QString::fromUtf8("train/Zaunk\u00F6nig/1.bmp"), greyBitmap(4, 3, 50));
    folder.write(QString::fromUtf8("val/Zaunko\u0308nig/1.bmp"), greyBitmap(4, 3, 51));
    const TrainingSet set = readTrainingSet(folder.path(), {true});
    QCOMPARE(set.classNames, (std::vector<std::string>{"Zaunk\u00F6nig", "robin", "wren"}));
    QCOMPARE(set.val.front().classIndex, 0);
}

void TestTrainingSet::takesNumbersForNames()
{
    const PictureFolder folder;
    int level = 0;
    for (const char* split : {"train", "val"})
        for (const char* name : {"1", "2", "10"})
            folder.write(QStringLiteral("%1/%2/a.bmp").arg(split, name), greyBitmap(4, 3, ++level));
    const auto read = [&folder](TrainingSetOptions options) { return readTrainingSet(folder.path(), options); };
    using Names = std::vector<std::string>;
    const TrainingSet bytes = read({});
    QCOMPARE(bytes.classNames, (Names{"1", "10", "2"}));
    QVERIFY2(bytes.notes.front().find("begin with 1, 10, 2; --class-order natural gives 1, 2, 10") != std::string::npos,
             bytes.notes.front().c_str());
    TrainingSetOptions options;
    options.order = FolderOrder::Natural;
    QCOMPARE(read(options).classNames, (Names{"1", "2", "10"}));

    // A table gives them names, and the order of its indices.
    const auto tableOf = [&folder](const QByteArray& text) {
        folder.write("names.json", text);
        return readClassTable(folder.path() / "names.json");
    };
    QByteArray names;
    for (int number = 1; number <= 10; ++number)
        names += QStringLiteral("%1\"%2\": \"flower %2\"").arg(number > 1 ? ", " : "{").arg(number).toUtf8();
    options.classes = tableOf(names + "}");
    QString message;
    QCOMPARE(errorOf([&] { read(options); }, &message), std::optional(ErrorCode::Mismatch));
    QVERIFY2(message.contains("a folder for each of the 10 classes") && message.contains("none for flower 3"),
             qPrintable(message));
    for (const char* split : {"train", "val"})
        for (int number = 3; number <= 9; ++number)
            folder.write(QStringLiteral("%1/%2/a.bmp").arg(split).arg(number), greyBitmap(4, 3, ++level));
    const TrainingSet named = read(options);
    QCOMPARE(named.classNames[1], std::string("flower 2"));
    QCOMPARE(named.classNames[9], std::string("flower 10"));
    QCOMPARE(relativeNames(named.train)[1], QString("train/10/a.bmp"));
    QCOMPARE(named.train[1].classIndex, 9);
}

void TestTrainingSet::drawsValidation()
{
    const PictureFolder folder;
    int level = 0;
    for (const char* name : {"wren", "robin"})
        for (int bird = 0; bird < 10; ++bird)
            for (const char* view : {"a", "b"})
                folder.write(QStringLiteral("train/%1/bird%2_%3.bmp").arg(name).arg(bird).arg(view),
                             greyBitmap(4, 3, ++level));
    folder.write("train/robin/copy of bird0.bmp", greyBitmap(4, 3, 21)); // the content of robin/bird0_a
    TrainingSetOptions options;
    options.valShare = 0.2;
    options.seed = 7;
    const TrainingSet set = readTrainingSet(folder.path(), options);
    QCOMPARE(set.train.size() + set.val.size(), std::size_t{41});
    QVERIFY2(set.val.size() >= 8 && set.val.size() <= 10, qPrintable(QString::number(set.val.size())));
    const auto specimensOf = [](const std::vector<TrainingPicture>& pictures) {
        QSet<QString> specimens;
        for (const QString& name : relativeNames(pictures))
            specimens << (name.contains("copy of") ? "train/robin/bird0" : name.left(name.size() - 6));
        return specimens;
    };
    QVERIFY(!specimensOf(set.train).intersects(specimensOf(set.val)));
    QVERIFY(relativeNames(set.val).filter("wren").size() >= 4);

    const TrainingSet again = readTrainingSet(folder.path(), options);
    QCOMPARE(relativeNames(again.val), relativeNames(set.val));
    QCOMPARE(again.dataHash, set.dataHash);
    options.seed = 8;
    QVERIFY(readTrainingSet(folder.path(), options).dataHash != set.dataHash);

    // The classes' folders may lie in the data's folder itself.
    options.seed = 7;
    std::filesystem::rename(folder.path() / "train", folder.path() / "flat");
    const TrainingSet flat = readTrainingSet(folder.path() / "flat", options);
    QCOMPARE(flat.val.size(), set.val.size());

    folder.makeFolder("flat/val");
    QCOMPARE(errorOf([&] { readTrainingSet(folder.path() / "flat", options); }), std::optional(ErrorCode::BadArgument));
    folder.remove("flat/val");
    folder.write("flat/owl/1_a.bmp", greyBitmap(4, 3, 200));
    folder.write("flat/owl/1_b.bmp", greyBitmap(4, 3, 201));
    QString message;
    QCOMPARE(errorOf([&] { readTrainingSet(folder.path() / "flat", options); }, &message),
             std::optional(ErrorCode::Damaged));
    QVERIFY2(message.contains("got fewer of owl"), qPrintable(message));
}

void TestTrainingSet::tellsSpecimens_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("same");
    QTest::newRow("letters") << "bird1_a.jpg"
                             << "bird1_b.jpg" << true;
    QTest::newRow("views") << "BMNH123-dorsal.tif"
                           << "BMNH123-ventral.tif" << true;
    QTest::newRow("numbers behind a number") << "DSC_0012_1.jpg"
                                             << "DSC_0012_2.jpg" << true;
    QTest::newRow("copies") << "moth (1).jpg"
                            << "moth (2).jpg" << true;
    QTest::newRow("case") << "Bird1_A.JPG"
                          << "bird1_b.jpg" << true;
    QTest::newRow("the camera's numbers") << "IMG_1.jpg"
                                          << "IMG_2.jpg" << false;
    QTest::newRow("long numbers") << "Albatross_0001_796111.jpg"
                                  << "Albatross_0001_796112.jpg" << false;
    QTest::newRow("other birds") << "bird1_a.jpg"
                                 << "bird2_a.jpg" << false;
    QTest::newRow("words") << "robin_on_a_branch.jpg"
                           << "robin_on_a_fence.jpg" << false;
}

void TestTrainingSet::tellsSpecimens()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(bool, same);
    QCOMPARE(specimenOf(first.toStdString()) == specimenOf(second.toStdString()), same);
}

void TestTrainingSet::hashFollowsNamesAndContents()
{
    const PictureFolder folder;
    fill(folder);
    const TrainingSet set = readTrainingSet(folder.path(), {true});
    std::string lines;
    for (const std::vector<TrainingPicture>* split : {&set.train, &set.val}) {
        for (const TrainingPicture& picture : *split)
            lines += sha256OfFile(picture.path) + "  " + picture.relative.string() + "\n";
    }
    QCOMPARE(set.dataHash, sha256(lines));

    folder.write("val/wren/unreadable.bmp", "");
    QCOMPARE(readTrainingSet(folder.path(), {}).dataHash, set.dataHash);
    folder.write("val/wren/3.bmp", greyBitmap(4, 3, 99));
    QVERIFY(readTrainingSet(folder.path(), {}).dataHash != set.dataHash);
}

void TestTrainingSet::reportsUpToTheEnd()
{
    const PictureFolder folder;
    fill(folder);
    std::vector<double> fractions;
    readTrainingSet(folder.path(), {true},
                    Progress({}, [&](Stage, double fraction) { fractions.push_back(fraction); }));
    QVERIFY(std::is_sorted(fractions.begin(), fractions.end()));
    QVERIFY(fractions.front() >= 0.0); // few pictures can be done before the first look at them
    QCOMPARE(fractions.back(), 1.0);
}

QTEST_GUILESS_MAIN(TestTrainingSet)
#include "test_training_set.moc"
