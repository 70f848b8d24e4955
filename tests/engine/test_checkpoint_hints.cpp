// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/engine/checkpoint_hints.h"

using namespace ocellus;

/// What checkpoints say about themselves: used where it parses, else told and ignored.
class TestCheckpointHints : public QObject {
    Q_OBJECT

private slots:
    void ignoresWithAWord_data();
    void ignoresWithAWord();
    void takesWhatParses_data();
    void takesWhatParses();
    void needsNoSettings();
};

void TestCheckpointHints::ignoresWithAWord_data()
{
    QTest::addColumn<QString>("args");
    QTest::addColumn<QString>("remark");
    const auto row = [](const char* name, const char* args, const char* remark) {
        QTest::newRow(name) << args << remark;
    };
    row("a size of another program", R"({"image_size": "224"})",
        R"(image_size of the file, "224", is not used: expected SHORT:LONG)");
    row("a size as a number", R"({"image_size": 224})", "image_size of the file, 224, is not used");
    row("a size beyond belief", R"({"image_size": "fixed:999999999"})", "is not used");
    row("a size as a list", R"({"image_size": [224, 224]})", "image_size of the file, [224,224], is not used");
    row("heads in words", R"({"nheads": "eight"})", R"(nheads of the file, "eight", is not used: it is no whole)");
    row("half a head", R"({"nheads": 8.5})", "nheads of the file, 8.5, is not used");
    row("more heads than an int", R"({"nheads": "99999999999"})", "is no whole number");
    row("heads as a list", R"({"nheads": [8]})", "nheads of the file, [8], is not used");
    row("no heads at all", R"({"nheads": ""})", "is no whole number");
    row("dilation in words", R"({"dilation": "yes"})", "it is neither true nor false");
    row("norm in words", R"({"pre_norm": "before"})", "it is neither true nor false");
    row("another program's backbone", R"({"backbone": "tf_efficientnet_b0"})",
        R"(backbone of the file, "tf_efficientnet_b0", is not used: no backbone has this name here)");
    row("a backbone that is no text", R"({"backbone": {"name": "resnet50"}})", "it is no text");
    row("names that are too few", R"({"class_names": ["Ant", "Bee"]})",
        "class_names of the file are not used: they are 2, the model has 3 classes");
    row("names that are too many", R"({"class_names": ["a", "b", "c", "d"]})", "they are 4");
    row("too few names as Python prints them", R"({"class_names": "['Ant', 'Bee']"})", "they are 2");
    row("no names", R"({"class_names": []})", "they are 0");
    row("names that are numbers", R"({"class_names": [1, 2, 3]})", "it is no list of texts");
    row("names as one text", R"({"class_names": "Ant, Bee, Cat"})", "it is no list of texts");
    row("names by number", R"({"class_names": {"0": "Ant"}})", "it is no list of texts");
    row("no block to keep patches from", R"({"reserve_layers": []})", "it is no whole number, nor a list of them");
    row("a block in words", R"({"reserve_layers": "last"})", "it is no whole number, nor a list of them");
    row("fewer patches than none", R"({"reserve_token_nums": [-1]})", "nor a list of them");
    row("half a patch", R"({"reserve_token_nums": [0.5]})", "nor a list of them");
    row("more than the whole", R"({"global_coe": 1.5})", "it is no number between 0 and 1");
    row("a control character", "{\"nheads\": \"a\\u001bb\"}", R"("a\u001bb")");
}

void TestCheckpointHints::ignoresWithAWord()
{
    QFETCH(const QString, args);
    QFETCH(const QString, remark);
    const auto json = nlohmann::json::parse(args.toStdString());
    CheckpointHints hints(json);
    const DeclaredArgs declared = hints.declared();
    QVERIFY(!declared.heads && !declared.dilation && !declared.preNorm && !declared.backbone);
    QVERIFY(!hints.preprocess());
    QVERIFY(hints.classNames(3).empty());
    QCOMPARE(hints.remarks().size(), std::size_t{1});
    QVERIFY2(QString::fromStdString(hints.remarks()[0]).contains(remark), hints.remarks()[0].c_str());
}

void TestCheckpointHints::takesWhatParses_data()
{
    QTest::addColumn<QString>("args");
    QTest::newRow("typed") << R"({"nheads": 4, "dilation": true, "pre_norm": false, "backbone": "resnet18",
                                 "image_size": "fixed:224", "class_names": ["Ant", "Bee's", "Cat"]})";
    QTest::newRow("as texts") << R"({"nheads": "4", "dilation": "True", "pre_norm": "0", "backbone": "resnet18",
                                    "image_size": "fixed:224", "class_names": "[\"Ant\", \"Bee's\", \"Cat\"]"})";
    QTest::newRow("as Python prints it")
        << R"({"nheads": "4", "dilation": "1", "pre_norm": "False", "backbone": "resnet18",
               "image_size": "fixed:224", "class_names": "['Ant', \"Bee's\", 'Cat']"})";
}

void TestCheckpointHints::takesWhatParses()
{
    QFETCH(const QString, args);
    const auto json = nlohmann::json::parse(args.toStdString());
    CheckpointHints hints(json);
    const DeclaredArgs declared = hints.declared();
    QCOMPARE(declared.heads.value_or(0), 4);
    QVERIFY(declared.dilation.value_or(false) && !declared.preNorm.value_or(true));
    QCOMPARE(declared.backbone.value_or(""), std::string("resnet18"));
    QVERIFY(hints.preprocess() == (PreprocessOptions{800, 1333, 224}));
    QCOMPARE(hints.classNames(3), (std::vector<std::string>{"Ant", "Bee's", "Cat"}));
    QVERIFY(hints.remarks().empty());
}

void TestCheckpointHints::needsNoSettings()
{
    for (const nlohmann::json& args : {nlohmann::json(), nlohmann::json::array(), nlohmann::json("text"),
                                       nlohmann::json{{"nheads", nullptr}, {"class_names", nullptr}}}) {
        CheckpointHints hints(args);
        QVERIFY(!hints.declared().heads && !hints.preprocess() && hints.classNames(3).empty());
        QVERIFY(hints.training().empty() && !hints.untrained() && hints.remarks().empty());
    }
}

QTEST_GUILESS_MAIN(TestCheckpointHints)
#include "test_checkpoint_hints.moc"
