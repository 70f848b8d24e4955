// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <cmath>
#include <functional>
#include <limits>

#include <nlohmann/json.hpp>

#include "core/session/experiment_row_json.h"
#include "tests/support/error_of.h"

using namespace ocellus;
using nlohmann::json;

namespace {

using Spoil = std::function<void(json&)>;

constexpr int classes = 5;

ExperimentRow filledRow()
{
    ExperimentRow row;
    row.picture = "val/owl.tif[2]";
    row.facts = {2, 3, true, true, 12, 4'000, 10, 4'095, 0.0125, "Display P3", true, "cut"};
    row.predicted = {4, {0.1, 1.0 / 3, -0.0}, {1e-300, 1, 7}};
    row.trueClass = {{1, {2, 0.25, -3}, {4, 0.5, std::numeric_limits<double>::denorm_min()}}};
    row.predictedAfter = 3;
    row.probabilityAfter = 0.7;
    row.selectedShare = 0.05;
    row.changedShare = 0.04;
    row.insideBefore = 0.6;
    row.controls = {{{0.1, 0.2, 0.3}, true}, {{-0.1, 0, 5}, false}};
    row.controlShortfall = "2 of 5 control places";
    return row;
}

} // namespace

/// Rows of experiments as JSON.
class TestExperimentRowJson : public QObject {
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void keepsEveryDigit();
    void keepsWhatIsNotKnown();
};

void TestExperimentRowJson::refuses_data()
{
    QTest::addColumn<Spoil>("spoil");
    const auto row = [](const char* name, const Spoil& spoil) { QTest::newRow(name) << spoil; };
    row("a list", [](json& value) { value = json::array(); });
    row("no picture", [](json& value) { value.erase("picture"); });
    row("another key", [](json& value) { value["colour"] = 1; });
    row("endless name", [](json& value) { value["picture"] = std::string(5'000, 'a'); });
    row("picture is a number", [](json& value) { value["picture"] = 3; });
    row("endless reason", [](json& value) { value["skipped"] = std::string(20'000, 'a'); });
    row("class below 0", [](json& value) { value["predicted"]["class"] = -1; });
    row("class that the model has not", [](json& value) { value["predicted"]["class"] = classes; });
    row("true class that the model has not", [](json& value) { value["true"]["class"] = classes; });
    row("half a class", [](json& value) { value["after"] = 1.5; });
    row("two numbers of a class", [](json& value) { value["predicted"]["before"] = {1, 2}; });
    row("text as a number", [](json& value) { value["probability"] = "0.7"; });
    row("two shares", [](json& value) { value["insideBefore"] = {0.1, 0.2}; });
    row("share without a list", [](json& value) { value["insideAfter"] = 0.1; });
    row("controls without end", [](json& value) { value["controls"] = json(1'001, value["controls"][0]); });
    row("control without an answer", [](json& value) { value["controls"][0].erase("flipped"); });
    row("flipped by a number", [](json& value) { value["controls"][0]["flipped"] = 1; });
    row("facts without pages", [](json& value) { value["facts"].erase("pages"); });
    row("pages below 0", [](json& value) { value["facts"]["pages"] = -1; });
}

void TestExperimentRowJson::refuses()
{
    QFETCH(Spoil, spoil);
    json value = jsonOf(filledRow());
    spoil(value);
    QString message;
    const std::optional<ErrorCode> code =
        errorOf([&] { experimentRowIn(StrictJson("ledger"), value, classes); }, &message);
    QVERIFY(code == ErrorCode::Damaged || code == ErrorCode::TooLarge);
    QVERIFY2(message.startsWith("ledger: "), qPrintable(message));
}

void TestExperimentRowJson::keepsEveryDigit()
{
    const ExperimentRow row = filledRow();
    const ExperimentRow read = experimentRowIn(StrictJson("ledger"), json::parse(jsonOf(row).dump()), classes);
    QVERIFY(read.facts == row.facts);
    QCOMPARE(read.trueClass->after.margin, row.trueClass->after.margin);
    QVERIFY(std::signbit(read.predicted.before.margin));
    QVERIFY(read.insideBefore == row.insideBefore && !read.insideAfter);
    QCOMPARE(jsonOf(read).dump(), jsonOf(row).dump());
}

void TestExperimentRowJson::keepsWhatIsNotKnown()
{
    ExperimentRow row;
    row.picture = "owl.png";
    row.skipped = "it has no mask";
    row.selectedShare = std::numeric_limits<double>::infinity();
    const ExperimentRow read = experimentRowIn(StrictJson("ledger"), jsonOf(row), 1);
    QVERIFY(!read.isDone() && !read.trueClass && !read.insideBefore && read.controls.empty());
    QCOMPARE(read.skipped, row.skipped);
    QVERIFY(std::isnan(read.selectedShare));
}

QTEST_APPLESS_MAIN(TestExperimentRowJson)
#include "test_experiment_row_json.moc"
