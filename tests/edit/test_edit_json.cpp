// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <functional>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/edit/base64.h"
#include "core/edit/edit_json.h"
#include "core/edit/edit_reader.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_runs.h"
#include "core/edit/mask_shapes.h"
#include "core/edit/operation_fields.h"

using namespace ocellus;
using nlohmann::json;

namespace {

constexpr Size size{40, 30};

EditList everyKind()
{
    const Mask soft = feathered(ellipseMask(size, {5, 6, 20, 11}), 2);
    const auto patch = std::make_shared<Picture>(Picture{{2, 1}, {1, 2, 3, 250, 251, 252}});
    return {{"telea", soft, Inpaint{Inpaint::Method::NavierStokes, 2.5}, true},
            {"texture", Mask::whole(size), TextureFill{9, ~std::uint64_t{0}}, false},
            {"farbe \xc3\xbc \"quoted\"", soft, Recolour{-0.1, 1.0 / 3, 1e-17}, true},
            {"", Mask(size), TakeColour{{255, 0, 128}}, true},
            {"blur", soft, Blur{0.7}, true},
            {"noise", soft, Noise{12, 0}, true},
            {"mean", soft, MeanFill{MeanFill::Of::Mask}, true},
            {"copy", soft, CopyPatch{-3, 9, true, nullptr}, true},
            {"patch", rectangleMask(size, {0, 0, 2, 1}), CopyPatch{0, 0, false, patch}, true},
            {"flip", soft, Flip{Flip::Axis::TopBottom}, true},
            {"brightness", {}, Brightness{-0.25}, true},
            {"contrast", soft, Contrast{2}, true},
            {"crop", {}, Crop{{1, 2, 3, 4}}, true},
            {"rotate", {}, Rotate{-12.25}, true}};
}

PictureEdits someState()
{
    const Mask wing = ellipseMask(size, {5, 6, 20, 11});
    return {everyKind(), wing, {{"wing", wing}, {"nothing", Mask(size)}}};
}

EditStep someStep()
{
    const NamedMask wing = someState().masks[0];
    return {"Several",
            {InsertEdit{1, everyKind()[4]}, EraseEdit{0}, ReplaceEdit{0, everyKind()[5]}, MoveEdit{0, 1},
             SetSelection{wing.mask}, InsertMask{0, wing}, EraseMask{0}, ReplaceMask{0, wing}}};
}

json throughText(const json& value)
{
    return json::parse(value.dump());
}

using Spoil = std::function<void(json&)>;

} // namespace

Q_DECLARE_METATYPE(Spoil)

class TestEditJson : public QObject {
    Q_OBJECT

private slots:
    void refusesHostileEdits_data()
    {
        QTest::addColumn<Spoil>("spoil");
        const auto row = [](const char* name, const Spoil& spoil) { QTest::newRow(name) << spoil; };
        row("no list", [](json& edits) { edits = "text"; });
        row("null edit", [](json& edits) { edits[0] = nullptr; });
        row("list as edit", [](json& edits) { edits[0] = json::array(); });
        row("no name", [](json& edits) { edits[0].erase("name"); });
        row("name is a number", [](json& edits) { edits[0]["name"] = 1; });
        row("endless name", [](json& edits) { edits[0]["name"] = std::string(1'001, 'x'); });
        row("one key more", [](json& edits) { edits[0]["extra"] = 1; });
        row("enabled is a number", [](json& edits) { edits[0]["enabled"] = 1; });
        row("too many edits", [](json& edits) { edits = json(json::array_t(10'001, edits[0])); });
        row("mask is a list", [](json& edits) { edits[0]["mask"] = json::array(); });
        row("mask without box", [](json& edits) { edits[0]["mask"].erase("box"); });
        row("three sides", [](json& edits) { edits[0]["mask"]["picture"] = {1, 2, 3}; });
        row("one side", [](json& edits) { edits[0]["mask"]["picture"] = {1}; });
        row("no side", [](json& edits) { edits[0]["mask"]["picture"][0] = 0; });
        row("half a side", [](json& edits) { edits[0]["mask"]["picture"][0] = 40.5; });
        row("side beyond 64 bits", [](json& edits) { edits[0]["mask"]["picture"][0] = ~std::uint64_t{0}; });
        row("exapixels", [](json& edits) { edits[0]["mask"]["picture"] = {1'000'000'000, 1'000'000'000}; });
        row("box before the picture", [](json& edits) { edits[0]["mask"]["box"][0] = -1; });
        row("box beyond the picture", [](json& edits) { edits[0]["mask"]["box"][2] = 36; });
        row("box of overflow", [](json& edits) { edits[0]["mask"]["box"][2] = 2'147'483'647; });
        row("other box", [](json& edits) { edits[0]["mask"]["box"][2] = 2; });
        row("runs are no text", [](json& edits) { edits[0]["mask"]["runs"] = 7; });
        row("runs are no base64", [](json& edits) { edits[0]["mask"]["runs"] = "AB*="; });
        row("runs of odd length", [](json& edits) { edits[0]["mask"]["runs"] = "ABC"; });
        row("runs with a space", [](json& edits) { edits[0]["mask"]["runs"] = " ABC"; });
        row("runs with padding inside", [](json& edits) { edits[0]["mask"]["runs"] = "A=BC"; });
        row("no runs", [](json& edits) { edits[0]["mask"]["runs"] = ""; });
        row("a bomb", [](json& edits) {
            const std::vector<std::uint8_t> run{0x80, 0xd0, 0xac, 0xf3, 0x0e, 255}; // 4,000,000,000 times 255
            edits[0]["mask"] = {
                {"picture", {1'000'000'000, 1}}, {"box", {0, 0, 1'000'000'000, 1}}, {"runs", base64Text(run)}};
        });
        row("no operation", [](json& edits) { edits[0]["operation"] = nullptr; });
        row("kindless", [](json& edits) { edits[0]["operation"].erase("kind"); });
        row("unknown kind", [](json& edits) { edits[0]["operation"]["kind"] = "format-disk"; });
        row("another kind's parameters", [](json& edits) { edits[0]["operation"]["kind"] = "blur"; });
        row("parameter missing", [](json& edits) { edits[0]["operation"].erase("radius"); });
        row("parameter too many", [](json& edits) { edits[0]["operation"]["power"] = 1; });
        row("radius out of range", [](json& edits) { edits[0]["operation"]["radius"] = 1e300; });
        row("radius is null", [](json& edits) { edits[0]["operation"]["radius"] = nullptr; });
        row("unknown method", [](json& edits) { edits[0]["operation"]["method"] = "magic"; });
        row("method is a number", [](json& edits) { edits[0]["operation"]["method"] = 1; });
        row("even patch", [](json& edits) { edits[1]["operation"]["patch"] = 8; });
        row("negative seed", [](json& edits) { edits[1]["operation"]["seed"] = -1; });
        row("two channels", [](json& edits) { edits[3]["operation"]["colour"] = {1, 2}; });
        row("bright channel", [](json& edits) { edits[3]["operation"]["colour"][0] = 256; });
        row("far offset", [](json& edits) { edits[7]["operation"]["dx"] = 1'000'001; });
        row("poisson is a text", [](json& edits) { edits[7]["operation"]["poisson"] = "yes"; });
        row("source is a path", [](json& edits) { edits[8]["operation"]["source"] = "/etc/passwd"; });
        row("source too short", [](json& edits) { edits[8]["operation"]["source"]["width"] = 3; });
        row("source of no size", [](json& edits) { edits[8]["operation"]["source"]["height"] = 0; });
        row("huge source", [](json& edits) { edits[8]["operation"]["source"]["width"] = 999'999'999; });
        row("source is no base64", [](json& edits) { edits[8]["operation"]["source"]["rgb"] = "!!!!"; });
        row("crop to nothing", [](json& edits) { edits[12]["operation"]["width"] = 0; });
    }

    void refusesHostileEdits()
    {
        QFETCH(const Spoil, spoil);
        json edits = throughText(jsonOf(everyKind()));
        spoil(edits);
        try {
            EditReader("session.ocellus").list(edits);
            QFAIL("accepted");
        } catch (const Error& error) {
            QVERIFY(error.code() == ErrorCode::Damaged || error.code() == ErrorCode::TooLarge);
            QCOMPARE(error.subject(), std::string("session.ocellus"));
        }
    }

    void refusesHostileStates_data()
    {
        QTest::addColumn<Spoil>("spoil");
        const auto row = [](const char* name, const Spoil& spoil) { QTest::newRow(name) << spoil; };
        row("no state", [](json& state) { state = nullptr; });
        row("no selection", [](json& state) { state.erase("selection"); });
        row("selection is a list", [](json& state) { state["selection"] = json::array(); });
        row("one key more", [](json& state) { state["history"] = json::array(); });
        row("edits are an object", [](json& state) { state["edits"] = json::object(); });
        row("masks are null", [](json& state) { state["masks"] = nullptr; });
        row("too many masks", [](json& state) { state["masks"] = json(json::array_t(1'001, state["masks"][0])); });
        row("mask without a name", [](json& state) { state["masks"][0].erase("name"); });
        row("named mask is a mask", [](json& state) { state["masks"][0] = state["selection"]; });
    }

    void refusesHostileStates()
    {
        QFETCH(const Spoil, spoil);
        json state = throughText(jsonOf(someState()));
        spoil(state);
        QVERIFY_EXCEPTION_THROWN(EditReader("session").pictureEdits(state), Error);
    }

    void refusesHostileSteps_data()
    {
        QTest::addColumn<Spoil>("spoil");
        const auto row = [](const char* name, const Spoil& spoil) { QTest::newRow(name) << spoil; };
        row("no step", [](json& step) { step = nullptr; });
        row("no name", [](json& step) { step.erase("name"); });
        row("changes are an object", [](json& step) { step["changes"] = json::object(); });
        row("endless changes", [](json& step) { step["changes"] = json(json::array_t(10'001, step["changes"][1])); });
        row("change is a list", [](json& step) { step["changes"][0] = json::array(); });
        row("unknown change", [](json& step) { step["changes"][0]["kind"] = "explode"; });
        row("kind is a number", [](json& step) { step["changes"][0]["kind"] = 1; });
        row("no place", [](json& step) { step["changes"][0].erase("index"); });
        row("place beyond any list", [](json& step) { step["changes"][1]["index"] = 10'001; });
        row("place below 0", [](json& step) { step["changes"][1]["index"] = -1; });
        row("move without an end", [](json& step) { step["changes"][3].erase("to"); });
        row("selection without a mask", [](json& step) { step["changes"][4].erase("mask"); });
        row("selection with a place", [](json& step) { step["changes"][4]["index"] = 0; });
        row("named mask without a name", [](json& step) { step["changes"][5]["mask"].erase("name"); });
        row("erased mask with a mask", [](json& step) { step["changes"][6]["mask"] = nullptr; });
    }

    void refusesHostileSteps()
    {
        QFETCH(const Spoil, spoil);
        json step = throughText(jsonOf(someStep()));
        spoil(step);
        QVERIFY_EXCEPTION_THROWN(EditReader("journal").step(step), Error);
    }

    void refusesMoreThanItsBudget()
    {
        const json edits = jsonOf(everyKind());
        try {
            EditReader("session", 1000).list(edits);
            QFAIL("accepted");
        } catch (const Error& error) {
            QCOMPARE(error.code(), ErrorCode::TooLarge);
        }
    }

    void refusesBadRuns_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("length alone") << QByteArray::fromHex("03");
        QTest::newRow("length cut") << QByteArray::fromHex("83");
        QTest::newRow("length without end") << QByteArray::fromHex("8383838383838383830101");
        QTest::newRow("length 0") << QByteArray::fromHex("00ff03ff");
        QTest::newRow("too few") << QByteArray::fromHex("02ff");
        QTest::newRow("too many") << QByteArray::fromHex("04ff");
        QTest::newRow("too many in the second") << QByteArray::fromHex("03ff0101");
    }

    void refusesBadRuns()
    {
        QFETCH(const QByteArray, bytes);
        const std::vector<std::uint8_t> runs(bytes.begin(), bytes.end());
        QVERIFY_EXCEPTION_THROWN(valuesOfRuns(runs, 3, "mask"), Error);
    }

    void runsAndBase64GiveEveryByteBack()
    {
        RandomStream random(11);
        for (int length = 0; length < 400; length += 7) {
            std::vector<std::uint8_t> values;
            while (static_cast<int>(values.size()) < length)
                values.insert(values.end(), 1 + static_cast<std::size_t>(random.below(300)),
                              static_cast<std::uint8_t>(random.next()));
            QCOMPARE(valuesOfRuns(runsOf(values), values.size(), ""), values);
            QCOMPARE(bytesOfBase64(base64Text(values), ""), values);
        }
        const std::vector<std::uint8_t> large(7U << 20, 3); // more than one piece
        QCOMPARE(bytesOfBase64(base64Text(large), ""), large);
        QCOMPARE(base64Text(std::vector<std::uint8_t>{'M', 'a'}), std::string("TWE="));
        QCOMPARE(runsOf(std::vector<std::uint8_t>(200, 9)), (std::vector<std::uint8_t>{0xc8, 0x01, 9}));
    }

    void editsComeBackEqual()
    {
        const EditList edits = everyKind();
        std::set<std::size_t> kinds;
        for (const Edit& edit : edits)
            kinds.insert(edit.operation.index());
        QCOMPARE(kinds.size(), operationNames.size());
        const EditList again = EditReader("").list(throughText(jsonOf(edits)));
        QVERIFY(again == edits);
        QCOMPARE(contentKey(again), contentKey(edits));
        QCOMPARE(jsonOf(again), jsonOf(edits));
    }

    void statesComeBackEqual()
    {
        const PictureEdits state = someState();
        QVERIFY(EditReader("").pictureEdits(throughText(jsonOf(state))) == state);
    }

    void stepsComeBackEqual()
    {
        const EditStep step = someStep();
        const EditStep again = EditReader("").step(throughText(jsonOf(step)));
        QCOMPARE(jsonOf(again), jsonOf(step));
        QCOMPARE(again.changes.size(), std::variant_size_v<EditChange>);
        PictureEdits state = someState();
        const std::vector<EditChange> inverses = changeEdits(state, again.changes);
        const DoneChanges done = EditReader("").done(throughText(jsonOf(DoneChanges{again.changes, inverses})));
        changeEdits(state, done.inverses);
        QVERIFY(state == someState());
        changeEdits(state, done.changes);
        QVERIFY(state.masks[0] == someState().masks[0]);
    }

    void equalMasksAreShared()
    {
        const Edit edit = everyKind()[0];
        const EditList again = EditReader("", edit.mask.box().area()).list(jsonOf({edit, edit}));
        QCOMPARE(again[0].mask.alpha().data(), again[1].mask.alpha().data());
    }
};

QTEST_APPLESS_MAIN(TestEditJson)
#include "test_edit_json.moc"
