// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>
#include <string>
#include <vector>

#include <QFile>
#include <QtEndian>
#include <QtTest>

#include <nlohmann/json.hpp>

#include "core/image/decode.h"
#include "core/image/preprocess.h"

using namespace ocellus;

namespace {

/// The oracle's arrays; bytes too, which no weight is made of.
class GoldenPixels {
public:
    explicit GoldenPixels(const QString& path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return;
        const QByteArray content = file.readAll();
        const auto length = qFromLittleEndian<qint64>(content.constData());
        m_header = nlohmann::json::parse(content.mid(8, length).toStdString());
        m_data = content.mid(8 + length);
    }

    template <typename Value>
    std::vector<Value> values(const char* name) const
    {
        const auto range = m_header.at(name).at("data_offsets").get<std::vector<qint64>>();
        std::vector<Value> result(static_cast<std::size_t>(range.at(1) - range.at(0)) / sizeof(Value));
        std::memcpy(result.data(), m_data.constData() + range.at(0), result.size() * sizeof(Value));
        return result;
    }

    int metadata(const char* name) const { return std::stoi(m_header.at("__metadata__").at(name).get<std::string>()); }

private:
    nlohmann::json m_header;
    QByteArray m_data;
};

} // namespace

/// Resize and normalisation against the oracle's, byte for byte.
class TestPreprocessGolden : public QObject {
    Q_OBJECT

private slots:
    void equalsOracle_data();
    void equalsOracle();
};

void TestPreprocessGolden::equalsOracle_data()
{
    QTest::addColumn<QString>("stem");
    for (const char* name : {"down", "long", "portrait", "same", "up"})
        QTest::newRow(name) << QString(OCELLUS_GOLDEN_DIR "/preprocess-") + name;
}

void TestPreprocessGolden::equalsOracle()
{
    QFETCH(QString, stem);
    const GoldenPixels golden(stem + ".safetensors");
    const PreprocessOptions options{golden.metadata("short"), golden.metadata("long")};
    const Picture picture = decodePicture((stem + ".png").toStdString());
    const Picture resized = resizeBilinear(picture, targetSize(picture.size, options));
    QCOMPARE(resized.rgb, golden.values<std::uint8_t>("resized"));
    const ModelInput input = preprocess(picture, options);
    QCOMPARE(input.inputSize, resized.size);
    QCOMPARE(input.values, golden.values<float>("input"));
}

QTEST_APPLESS_MAIN(TestPreprocessGolden)
#include "test_preprocess_golden.moc"
