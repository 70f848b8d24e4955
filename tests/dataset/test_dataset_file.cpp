// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>

#include <QTemporaryDir>
#include <QtTest>

#include <nlohmann/json.hpp>

#include "core/dataset/dataset_file.h"
#include "core/dataset/dataset_state.h"
#include "tests/support/error_of.h"

using namespace ocellus;
using nlohmann::json;

namespace {

const std::string hash(64, 'a');

/// A small one with everything in it.
Dataset sample(const std::filesystem::path& folder)
{
    Dataset dataset;
    dataset.sources = {folder / "photos"};
    dataset.columns = {"observer"};
    dataset.parts = {"eye"};
    dataset.pictures.push_back({folder / "photos/K\u00f6nig, a/1 \"x\".jpg",
                                "K\u00f6nig, a",
                                PictureSplit::Train,
                                PixelBox{1, 2, 30, 40},
                                {{0, {3.25, 4}}},
                                {"Doe, J"},
                                {64, 48},
                                hash,
                                1234});
    dataset.pictures.push_back({folder / "../elsewhere/2.png", "Wren", PictureSplit::Unset, {}, {}, {""}, {}, {}, 0});
    dataset.pictures.push_back({folder / "3.png", "wren", PictureSplit::Val, {}, {}, {""}, {}, {}, 0});
    for (DatasetPicture& picture : dataset.pictures)
        picture.path = picture.path.lexically_normal();
    SplitRecipe recipe;
    recipe.group = SplitGroup::Column;
    recipe.column = "observer";
    recipe.seed = 18'446'744'073'709'551'615U;
    for (DatasetStep step :
         {DatasetStep(ExcludePictures{{1}, "tiny"}), DatasetStep(IncludePictures{{1}}),
          DatasetStep(MergeClasses{{"wren"}, "Wren"}), DatasetStep(AssignClass{{0}, "Robin"}),
          DatasetStep(DrawnSplit{recipe, {1}, {2}}), DatasetStep(AssignSplit{{2}, PictureSplit::Test}),
          DatasetStep(AssignBoxes{{2}, {PixelBox{0, 0, 5, 6}}}), DatasetStep(CropToBoxes{true, 0.25})})
        addStep(dataset, std::move(step));
    return dataset;
}

json smallest()
{
    return {{"format", datasetFormat},
            {"schema", 1},
            {"program", "1"},
            {"sources", json::array()},
            {"columns", {"c"}},
            {"parts", {"p"}},
            {"pictures", {{{"file", "a/1.jpg"}, {"class", "Wren"}}}},
            {"steps", json::array()}};
}

using Spoil = std::function<void(json&)>;

} // namespace

Q_DECLARE_METATYPE(Spoil)
Q_DECLARE_METATYPE(ocellus::ErrorCode)

/// Data sets come back from their files as they were, and files from strangers are refused by name.
class TestDatasetFile : public QObject {
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void refusesWhatIsNoJson_data();
    void refusesWhatIsNoJson();
    void comesBack();
    void movesWithItsFolder();

private:
    std::filesystem::path path(const char* name) const { return m_folder.filePath(name).toStdString(); }
    void write(const std::string& text) const { std::ofstream(path("x.ocellus-dataset")) << text; }

    QTemporaryDir m_folder;
};

void TestDatasetFile::refuses_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const Spoil& spoil, const char* says, ErrorCode code = ErrorCode::Damaged) {
        QTest::newRow(name) << spoil << code << QString(says);
    };
    const auto picture = [&](const char* name, const char* key, const json& value, const char* says,
                             ErrorCode code = ErrorCode::Damaged) {
        row(
            name, [key = std::string(key), value](json& all) { all["pictures"][0][key] = value; }, says, code);
    };
    const auto step = [&](const char* name, const json& value, const char* says, ErrorCode code = ErrorCode::Damaged) {
        row(
            name, [value](json& all) { all["steps"] = json::array({value}); }, says, code);
    };
    row(
        "another format", [](json& all) { all["format"] = "ocellus session"; }, "expected a data set");
    row(
        "a list", [](json& all) { all = json::array(); }, "expected a data set");
    row(
        "later schema", [](json& all) { all["schema"] = 2; }, "schema 1", ErrorCode::Unsupported);
    row(
        "no schema", [](json& all) { all.erase("schema"); }, "schema");
    row(
        "no pictures", [](json& all) { all.erase("pictures"); }, "pictures");
    row(
        "pictures are a text", [](json& all) { all["pictures"] = "x"; }, "expected a list");
    row(
        "unknown key", [](json& all) { all["more"] = 1; }, "keys");
    row(
        "too many columns", [](json& all) { all["columns"] = std::vector<std::string>(65, "c"); }, "64",
        ErrorCode::TooLarge);
    row(
        "picture is a number", [](json& all) { all["pictures"][0] = 3; }, "picture 1");
    row(
        "picture without class", [](json& all) { all["pictures"][0].erase("class"); }, "\"class\"");
    picture("no path", "file", "", "path");
    picture("NUL in a path", "file", std::string("a\0b", 3), "path");
    picture("endless path", "file", std::string(5'000, 'a'), "4096", ErrorCode::TooLarge);
    picture("no class name", "class", "", "class");
    picture("class in another normal form", "class", "Me\u0301sange", "normal form C");
    picture("class with spaces", "class", " Wren", "normal form C");
    picture("split in other words", "split", "training", "train, val or test");
    picture("box of three", "box", {1, 2, 3}, "left, top");
    picture("box of five", "box", {1, 2, 3, 4, 5}, "at most 4", ErrorCode::TooLarge);
    picture("box without area", "box", {1, 2, 0, 4}, "area");
    picture("box of fractions", "box", {1, 2, 3.5, 4}, "whole number");
    picture("box beyond everything", "box", {1, 2, 2'000'000'000, 4}, "whole number");
    picture("part that is not there", "parts", json::array({{1, 2.0, 3.0}}), "0 to 0");
    picture("part without place", "parts", json::array({{0, 2.0}}), "index and its place");
    picture("part at a text", "parts", json::array({{0, "x", 3.0}}), "number");
    picture("columns of another count", "columns", json::array({"a", "b"}), "expected 1 texts");
    picture("column that is a number", "columns", json::array({1}), "text");
    picture("size of zero", "size", {0, 5}, "whole number");
    picture("short hash", "sha256", "abc", "64 hexadecimal");
    picture("hash in capitals", "sha256", std::string(64, 'A'), "64 hexadecimal");
    picture("fewer than no bytes", "bytes", -1, "at least 0");
    picture("unknown key of a picture", "weight", 1, "\"weight\"");
    step("step without a name", json::object(), "\"do\"");
    step("unknown step", {{"do", "delete"}}, "\"delete\"");
    step("picture that is not there", {{"do", "include"}, {"pictures", {1}}}, "step 1");
    step("picture before the first", {{"do", "include"}, {"pictures", {-1}}}, "whole number");
    step("picture twice", {{"do", "include"}, {"pictures", {0, 0}}}, "each picture once");
    step("no pictures in a step", {{"do", "include"}, {"pictures", json::array()}}, "got none");
    step("merge without name", {{"do", "merge"}, {"from", {"a"}}, {"into", ""}}, "class name");
    step("fewer boxes than pictures", {{"do", "boxes"}, {"pictures", {0}}, {"boxes", json::array()}}, "a box for each");
    step("margin of the sky", {{"do", "crop"}, {"on", true}, {"margin", 1e300}}, "margin");
    step("group of nothing",
         {{"do", "draw"},
          {"val_share", 0.1},
          {"test_share", 0},
          {"stratified", true},
          {"group", "moon"},
          {"seed", 1},
          {"val", {0}},
          {"test", json::array()}},
         "stem, folder");
    step("seed below 0",
         {{"do", "draw"},
          {"val_share", 0.1},
          {"test_share", 0},
          {"stratified", true},
          {"group", "stem"},
          {"seed", -1},
          {"val", {0}},
          {"test", json::array()}},
         "seed");
    step("extra key in a step", {{"do", "include"}, {"pictures", {0}}, {"x", 1}}, "keys");
}

void TestDatasetFile::refuses()
{
    QFETCH(const Spoil, spoil);
    QFETCH(const ErrorCode, code);
    QFETCH(const QString, says);
    json all = smallest();
    spoil(all);
    write(all.dump());
    QString message;
    QCOMPARE(errorOf([&] { readDatasetFile(path("x.ocellus-dataset")); }, &message), std::optional(code));
    QVERIFY2(message.contains(says), qPrintable(message));
}

void TestDatasetFile::refusesWhatIsNoJson_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("half of it") << QByteArray(smallest().dump().c_str()).left(40);
    QTest::newRow("two of it") << QByteArray((smallest().dump() + smallest().dump()).c_str());
    QTest::newRow("deep") << QByteArray(100'000, '[');
    QTest::newRow("other bytes") << QByteArray("{\"format\": \"\xff\xfe\"}");
}

void TestDatasetFile::refusesWhatIsNoJson()
{
    QFETCH(const QByteArray, text);
    write(text.toStdString());
    QVERIFY(errorOf([&] { readDatasetFile(path("x.ocellus-dataset")); }).has_value());
    QCOMPARE(errorOf([&] { readDatasetFile(path("none.ocellus-dataset")); }), std::optional(ErrorCode::NotFound));
}

void TestDatasetFile::comesBack()
{
    const Dataset dataset = sample(path("work"));
    QDir().mkpath(m_folder.filePath("work"));
    writeDatasetFile(path("work/a.ocellus-dataset"), dataset, "9.9");
    const Dataset back = readDatasetFile(path("work/a.ocellus-dataset"));
    QCOMPARE(back.sources, dataset.sources);
    QCOMPARE(back.columns, dataset.columns);
    QCOMPARE(back.parts, dataset.parts);
    QVERIFY(back.pictures == dataset.pictures);
    QVERIFY(back.steps == dataset.steps);
}

void TestDatasetFile::movesWithItsFolder()
{
    QDir().mkpath(m_folder.filePath("old"));
    writeDatasetFile(path("old/a.ocellus-dataset"), sample(path("old")), "9.9");
    QVERIFY(QDir().rename(m_folder.filePath("old"), m_folder.filePath("new")));
    const Dataset back = readDatasetFile(path("new/a.ocellus-dataset"));
    QCOMPARE(back.pictures[2].path, path("new/3.png"));
    QCOMPARE(back.pictures[1].path, path("elsewhere/2.png"));
}

QTEST_GUILESS_MAIN(TestDatasetFile)
#include "test_dataset_file.moc"
