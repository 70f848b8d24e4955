// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <functional>

#include <QTemporaryDir>
#include <nlohmann/json.hpp>

#include "core/edit/edit_json.h"
#include "core/experiment/edit_recipe.h"
#include "tests/support/error_of.h"

using namespace ocellus;
using nlohmann::json;

namespace {

EditRecipe partRecipe()
{
    return {PartRegion{"parts.csv", {"beak", "crown"}, 0.06, PartRegion::Unit::LongerSide}, 2, 1.5, Blur{7}};
}

EditRecipe attentionRecipe()
{
    return {AttentionRegion{AttentionRegion::Of::Given, 3, 2, 1, 0.4}, -1, 0, Inpaint()};
}

EditRecipe namedRecipe()
{
    return {NamedMaskRegion{"wing", Mask({9, 7}, {2, 1, 2, 2}, {255, 0, 90, 255})}, 0, 0, Blur{7}};
}

EditRecipe maskRecipe()
{
    return {MaskFileRegion{"masks"}, 0, 0, MeanFill{MeanFill::Of::Mask}};
}

} // namespace

/// Recipes as JSON and as words on a command line.
class TestEditRecipe : public QObject {
    Q_OBJECT

private slots:
    void refusesJson_data();
    void refusesJson();
    void refusesFiles_data();
    void refusesFiles();
    void refusesParameters_data();
    void refusesParameters();
    void returns_data();
    void returns();
    void readsFiles();
    void takesParameters();
    void describes();
};

void TestEditRecipe::refusesJson_data()
{
    QTest::addColumn<json>("value");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const EditRecipe& recipe, auto change, const char* expected) {
        json value = jsonOf(recipe);
        change(value);
        QTest::newRow(name) << value << QString(expected);
    };
    row(
        "a list", maskRecipe(), [](json& v) { v = json::array(); }, "a recipe");
    row(
        "key missing", maskRecipe(), [](json& v) { v.erase("grow"); }, "\"grow\"");
    row(
        "key too many", maskRecipe(), [](json& v) { v["more"] = 1; }, "4 keys");
    row(
        "text as number", maskRecipe(), [](json& v) { v["feather"] = "1"; }, "feather");
    row(
        "margin", maskRecipe(), [](json& v) { v["grow"] = 1001; }, "a margin from -1000 to 1000");
    row(
        "soft edge", maskRecipe(), [](json& v) { v["feather"] = -1; }, "a soft edge from 0");
    row(
        "no region", maskRecipe(), [](json& v) { v["region"] = nullptr; }, "a region with a kind");
    row(
        "unknown region", maskRecipe(), [](json& v) { v["region"]["kind"] = "moon"; }, "got \"moon\"");
    row(
        "key of another region", maskRecipe(), [](json& v) { v["region"]["share"] = 1; }, "2 keys");
    row(
        "whole picture", maskRecipe(), [](json& v) { v["operation"] = jsonOf(Operation(Rotate{90})); }, "on a mask");
    row(
        "unknown operation", maskRecipe(), [](json& v) { v["operation"]["kind"] = "melt"; }, "got \"melt\"");
    row(
        "parameter", partRecipe(), [](json& v) { v["operation"]["deviation"] = 101; }, "deviation");
    row(
        "no part", partRecipe(), [](json& v) { v["region"]["parts"] = json::array(); }, "got none");
    row(
        "part twice", partRecipe(),
        [](json& v) {
            v["region"]["parts"] = {"beak", "beak"};
        },
        "one twice");
    row(
        "part that is no text", partRecipe(), [](json& v) { v["region"]["parts"] = {1}; }, "part");
    row(
        "no file", partRecipe(), [](json& v) { v["region"]["file"] = ""; }, "a file of part points");
    row(
        "radius 0", partRecipe(), [](json& v) { v["region"]["radius"] = 0; }, "a radius");
    row(
        "radius above the side", partRecipe(), [](json& v) { v["region"]["radius"] = 1.5; }, "a radius");
    row(
        "unit", partRecipe(), [](json& v) { v["region"]["unit"] = "miles"; }, "got \"miles\"");
    row(
        "mask without a picture", namedRecipe(), [](json& v) { v["region"]["mask"] = nullptr; }, "got an empty one");
    row(
        "mask beyond its picture", namedRecipe(),
        [](json& v) {
            v["region"]["mask"]["picture"] = {3, 3};
        },
        "");
    row(
        "mask's name", namedRecipe(), [](json& v) { v["region"]["name"] = 1; }, "name");
    row(
        "share 0", attentionRecipe(), [](json& v) { v["region"]["share"] = 0; }, "a share");
    row(
        "share above 1", attentionRecipe(), [](json& v) { v["region"]["share"] = 1.01; }, "a share");
    row(
        "negative class", attentionRecipe(), [](json& v) { v["region"]["class"] = -1; }, "class");
    row(
        "half a head", attentionRecipe(), [](json& v) { v["region"]["head"] = 0.5; }, "head");
    row(
        "whose attention", attentionRecipe(), [](json& v) { v["region"]["of"] = "mine"; }, "got \"mine\"");
}

void TestEditRecipe::refusesJson()
{
    QFETCH(json, value);
    QFETCH(QString, expected);
    QString message;
    const auto code = errorOf([&] { recipeOf(value, "recipe.json"); }, &message);
    QVERIFY(code == ErrorCode::Damaged || code == ErrorCode::BadArgument);
    QVERIFY2(message.startsWith("recipe.json") && message.contains(expected), qPrintable(message));
}

void TestEditRecipe::refusesFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("empty") << QByteArray() << ErrorCode::Damaged;
    QTest::newRow("cut") << QByteArray(R"({"region": {"kind")") << ErrorCode::Damaged;
    QTest::newRow("no UTF-8") << QByteArray("\"\xff\"") << ErrorCode::Damaged;
    QTest::newRow("deep") << QByteArray(100'000, '[') << ErrorCode::Damaged;
    QTest::newRow("a number") << QByteArray("17") << ErrorCode::Damaged;
}

void TestEditRecipe::refusesFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(ErrorCode, code);
    const QTemporaryDir folder;
    QFile file(folder.filePath("recipe.json"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    file.close();
    const auto got = errorOf([&] { readRecipe(file.fileName().toStdString()); });
    QVERIFY(got == code || (got == ErrorCode::TooLarge && content.size() > 1000));
    QVERIFY(errorOf([&] { readRecipe(folder.filePath("absent.json").toStdString()); }) == ErrorCode::NotFound);
}

void TestEditRecipe::refusesParameters_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("parameter");
    QTest::newRow("unknown kind") << "melt"
                                  << "";
    QTest::newRow("no value") << "blur"
                              << "deviation";
    QTest::newRow("another's parameter") << "blur"
                                         << "radius=3";
    QTest::newRow("the kind itself") << "blur"
                                     << "kind=noise";
    QTest::newRow("no number") << "blur"
                               << "deviation=wide";
    QTest::newRow("out of range") << "blur"
                                  << "deviation=101";
    QTest::newRow("unknown name") << "inpaint"
                                  << "method=magic";
    QTest::newRow("two channels") << "take-colour"
                                  << "colour=[1,2]";
    QTest::newRow("even patch") << "texture-fill"
                                << "patch=4";
}

void TestEditRecipe::refusesParameters()
{
    QFETCH(QString, kind);
    QFETCH(QString, parameter);
    std::vector<std::string> parameters;
    if (!parameter.isEmpty())
        parameters.push_back(parameter.toStdString());
    QVERIFY(errorOf([&] { operationOf(kind.toStdString(), parameters); }) == ErrorCode::BadArgument);
}

void TestEditRecipe::returns_data()
{
    QTest::addColumn<int>("kind");
    for (int kind = 0; kind < 4; ++kind)
        QTest::addRow("%d", kind) << kind;
}

void TestEditRecipe::returns()
{
    QFETCH(int, kind);
    const EditRecipe recipe = kind == 0   ? maskRecipe()
                              : kind == 1 ? attentionRecipe()
                              : kind == 2 ? partRecipe()
                                          : namedRecipe();
    const json form = jsonOf(recipe);
    QVERIFY(jsonOf(recipeOf(form, "recipe")) == form);
}

void TestEditRecipe::readsFiles()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath("recipe.json"));
    const std::string text = jsonOf(partRecipe()).dump();
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text.data(), static_cast<qint64>(text.size())) > 0);
    file.close();
    const EditRecipe read = readRecipe(file.fileName().toStdString());
    QCOMPARE(QString::fromStdString(std::get<PartRegion>(read.region).csv.string()), folder.filePath("parts.csv"));
    QCOMPARE(read.feather, 1.5);
}

void TestEditRecipe::takesParameters()
{
    using List = std::vector<std::string>;
    const auto of = [](const char* kind, const List& parameters) { return contentKey(operationOf(kind, parameters)); };
    QVERIFY(of("blur", {}) == contentKey(Operation(Blur())));
    QVERIFY(of("blur", {"deviation=2.5"}) == contentKey(Operation(Blur{2.5})));
    QVERIFY(of("mean-fill", {"of=mask"}) == contentKey(Operation(MeanFill{MeanFill::Of::Mask})));
    QVERIFY(of("take-colour", {"colour=[1,2,3]"}) == contentKey(Operation(TakeColour{{1, 2, 3}})));
    QVERIFY(of("copy", {"dx=4", "dy=-5", "poisson=true"}) == contentKey(Operation(CopyPatch{4, -5, true, nullptr})));
}

void TestEditRecipe::describes()
{
    QCOMPARE(describe(maskRecipe()), std::string("mean-fill of mask; masks of masks"));
    QCOMPARE(describe(partRecipe()),
             std::string("blur deviation 7.0; parts beak and crown of parts.csv, radius 0.06 of the longer side; "
                         "grown by 2 pixels; edge softened by 1.5 pixels"));
    QCOMPARE(describe(namedRecipe()), std::string("blur deviation 7.0; the mask \"wing\""));
    QCOMPARE(describe(attentionRecipe()),
             std::string("inpaint method telea radius 5.0; the cells with 40 % of the attention of class 3, layer 2, "
                         "head 1; shrunk by 1 pixels"));
}

QTEST_APPLESS_MAIN(TestEditRecipe)
#include "test_edit_recipe.moc"
