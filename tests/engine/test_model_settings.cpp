// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/engine/model_settings.h"
#include "tests/support/error_of.h"

using namespace ocellus;

/// What is said of a model, as the text that sessions and files beside checkpoints hold.
class TestModelSettings : public QObject {
    Q_OBJECT

private slots:
    void refuses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no JSON") << QByteArray("heads");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("no heads") << QByteArray(R"({"num_heads": 0})");
        QTest::newRow("half a head") << QByteArray(R"({"num_heads": 0.5})");
        QTest::newRow("too many heads") << QByteArray(R"({"num_heads": 100000})");
        QTest::newRow("heads beyond 64 bits") << QByteArray(R"({"num_heads": 99999999999999999999})");
        QTest::newRow("heads as a text") << QByteArray(R"({"nheads": "8"})");
        QTest::newRow("an unknown activation") << QByteArray(R"({"activation": "relu"})");
        QTest::newRow("an activation that is no text") << QByteArray(R"({"activation": 1})");
        QTest::newRow("an unknown resampling") << QByteArray(R"({"position_resampling": "nearest"})");
        QTest::newRow("eps of 0") << QByteArray(R"({"norm_eps": 0})");
        QTest::newRow("eps of 1") << QByteArray(R"({"norm_eps": 1})");
        QTest::newRow("an unknown preparation") << QByteArray(R"({"preprocessing": "224"})");
        QTest::newRow("a long preparation") << QByteArray("{\"preprocessing\": \"") + QByteArray(1000, '1') + "\"}";
        QTest::newRow("a flag as a number") << QByteArray(R"({"pre_norm": 1})");
        QTest::newRow("deep") << QByteArray(10'000, '[');
    }

    void refuses()
    {
        QFETCH(const QByteArray, text);
        QString message;
        const auto code = errorOf([&] { parseModelSettings(text.toStdString(), "a session"); }, &message);
        QVERIFY(code == ErrorCode::Damaged || code == ErrorCode::BadArgument || code == ErrorCode::TooLarge);
    }

    void goesThere()
    {
        QVERIFY(ModelSettings().empty());
        QCOMPARE(toString(ModelSettings()), std::string());
        QVERIFY(parseModelSettings("").empty());
        ModelSettings settings;
        settings.heads = 6;
        settings.resampling = PositionResampling::Dino;
        settings.activation = VitActivation::QuickGelu;
        settings.eps = 1e-5;
        settings.preprocess = parsePreprocess("short:518,patch:14,bicubic");
        settings.decoderHeads = 8;
        settings.preNorm = false;
        QVERIFY(parseModelSettings(toString(settings)) == settings);
        QCOMPARE(describe(settings),
                 std::string("activation quick_gelu, nheads 8, norm_eps 1e-05, num_heads 6, position_resampling dino, "
                             "pre_norm false, preprocessing short:518,patch:14,bicubic"));
        QVERIFY(parseModelSettings(R"({"class_names": ["Ant"], "num_heads": 6})").heads == 6);
    }
};

QTEST_GUILESS_MAIN(TestModelSettings)
#include "test_model_settings.moc"
