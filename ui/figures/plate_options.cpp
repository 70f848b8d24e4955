// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/plate_options.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include <QJsonArray>
#include <QJsonValue>

namespace ocellus {

namespace {

constexpr double singleColumn = 85, doubleColumn = 180, slide = 254;

// In the order of the enumerations; what is written in sessions and settings.
constexpr std::array pictures{"none", "tile", "large"};
constexpr std::array labels{"none", "tiles", "rows"};
constexpr std::array names{"latin", "italic", "upright"};
constexpr std::array numbers{"none", "peak", "peak-and-score"};
constexpr std::array ranges{"as-shown", "shared", "own", "given"};
constexpr std::array scales{"none", "file", "given"};

QString text(std::string_view name)
{
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

template <typename Enum, std::size_t Count>
void write(QJsonObject& object, const char* key, Enum value, const std::array<const char*, Count>& words)
{
    object.insert(QLatin1String(key), QLatin1String(words[static_cast<std::size_t>(value)]));
}

/// Reads what fits, and leaves the rest as it is.
class Reader {
public:
    explicit Reader(const QJsonObject& object) : m_object(object) {}

    void take(const char* key, bool& value) const { value = at(key).toBool(value); }
    void take(const char* key, QString& value) const { value = at(key).toString(value); }
    void take(const char* key, double& value) const
    {
        const double read = at(key).toDouble(value);
        value = std::isfinite(read) ? read : value;
    }
    void take(const char* key, float& value) const
    {
        double read = static_cast<double>(value);
        take(key, read);
        value = std::abs(read) <= 1e6 ? static_cast<float>(read) : value;
    }
    void take(const char* key, int& value) const { value = at(key).toInt(value); }

    template <typename Enum, std::size_t Count>
    void take(const char* key, Enum& value, const std::array<const char*, Count>& words) const
    {
        const auto found = std::ranges::find(words, at(key).toString(), [](const char* word) { return QString(word); });
        if (found != words.end())
            value = static_cast<Enum>(found - words.begin());
    }

    void take(const char* key, std::set<int>& values, int least) const
    {
        values.clear();
        for (const QJsonValue& item : at(key).toArray())
            if (const int value = item.toInt(least - 1); value >= least && values.size() < plate::mostHidden)
                values.insert(value);
    }

    std::string word(const char* key) const { return at(key).toString().toStdString(); }

private:
    QJsonValue at(const char* key) const { return m_object.value(QLatin1String(key)); }

    const QJsonObject& m_object;
};

QJsonArray arrayOf(const std::set<int>& values)
{
    QJsonArray array;
    for (const int value : values)
        if (static_cast<std::size_t>(array.size()) < plate::mostHidden)
            array.append(value);
    return array;
}

} // namespace

PlateOptions limited(PlateOptions options)
{
    options.width = std::clamp(options.width, plate::leastSide, plate::mostSide);
    options.mostHeight = std::clamp(options.mostHeight, plate::leastSide, plate::mostSide);
    options.columns = std::clamp(options.columns, 0, plate::mostColumns);
    options.dotsPerInch = std::clamp(options.dotsPerInch, plate::leastDots, plate::mostDots);
    // Larger letters, and no number has room under a colour bar.
    const int roomForText = std::max(plate::leastText, static_cast<int>(options.width * 72 / 25.4 / 8));
    options.textSize = std::clamp(options.textSize, plate::leastText, std::min(plate::mostText, roomForText));
    options.millimetresPerPixel = std::clamp(options.millimetresPerPixel, plate::leastPixel, plate::mostPixel);
    constexpr qsizetype longestName = 200;
    options.fontFamily = options.fontFamily.left(longestName);
    if (!(options.given.high > options.given.low))
        options.given = PlateOptions().given;
    return options;
}

PlateSize sizeOf(const PlateOptions& options)
{
    for (const auto& [width, size] : {std::pair(singleColumn, PlateSize::Single),
                                      std::pair(doubleColumn, PlateSize::Double), std::pair(slide, PlateSize::Slide)})
        if (std::abs(options.width - width) < 0.05)
            return size;
    return PlateSize::Other;
}

PlateOptions withSize(PlateOptions options, PlateSize size)
{
    const auto set = [&options](double width, double height, int dots, int textSize) {
        options.width = width;
        options.mostHeight = height;
        options.dotsPerInch = dots;
        options.textSize = textSize;
    };
    switch (size) {
    case PlateSize::Single: set(singleColumn, 120, 300, 7); break;
    case PlateSize::Double: set(doubleColumn, 180, 300, 7); break;
    case PlateSize::Slide: set(slide, 143, 150, 14); break;
    case PlateSize::Other: break;
    }
    return options;
}

QJsonObject jsonOf(const PlateOptions& options)
{
    QJsonObject object{{QStringLiteral("width"), options.width},
                       {QStringLiteral("mostHeight"), options.mostHeight},
                       {QStringLiteral("columns"), options.columns},
                       {QStringLiteral("dotsPerInch"), options.dotsPerInch},
                       {QStringLiteral("font"), options.fontFamily},
                       {QStringLiteral("textSize"), options.textSize},
                       {QStringLiteral("rowTitles"), options.rowTitles},
                       {QStringLiteral("predictions"), options.predictions},
                       {QStringLiteral("notes"), options.notes},
                       {QStringLiteral("low"), static_cast<double>(options.given.low)},
                       {QStringLiteral("high"), static_cast<double>(options.given.high)},
                       {QStringLiteral("colourBar"), options.colourBar},
                       {QStringLiteral("millimetresPerPixel"), options.millimetresPerPixel},
                       {QStringLiteral("hiddenHeads"), arrayOf(options.hiddenHeads)},
                       {QStringLiteral("hiddenClasses"), arrayOf(options.hiddenClasses)}};
    write(object, "labels", options.labels, labels);
    write(object, "names", options.names, names);
    write(object, "numbers", options.numbers, numbers);
    write(object, "picture", options.picture, pictures);
    write(object, "range", options.range, ranges);
    write(object, "scaleBar", options.scale, scales);
    if (options.overlay)
        object.insert(QStringLiteral("overlay"), text(toString(*options.overlay)));
    if (options.valueScale)
        object.insert(QStringLiteral("valueScale"), text(toString(*options.valueScale)));
    return object;
}

PlateOptions plateOptionsOf(const QJsonObject& json)
{
    const Reader reader(json);
    PlateOptions options;
    reader.take("width", options.width);
    reader.take("mostHeight", options.mostHeight);
    reader.take("columns", options.columns);
    reader.take("dotsPerInch", options.dotsPerInch);
    reader.take("font", options.fontFamily);
    reader.take("textSize", options.textSize);
    reader.take("rowTitles", options.rowTitles);
    reader.take("predictions", options.predictions);
    reader.take("notes", options.notes);
    reader.take("low", options.given.low);
    reader.take("high", options.given.high);
    reader.take("colourBar", options.colourBar);
    reader.take("millimetresPerPixel", options.millimetresPerPixel);
    reader.take("hiddenHeads", options.hiddenHeads, -1);
    reader.take("hiddenClasses", options.hiddenClasses, 0);
    reader.take("labels", options.labels, labels);
    reader.take("names", options.names, names);
    reader.take("numbers", options.numbers, numbers);
    reader.take("picture", options.picture, pictures);
    reader.take("range", options.range, ranges);
    reader.take("scaleBar", options.scale, scales);
    options.overlay = overlayRuleFromString(reader.word("overlay"));
    options.valueScale = valueScaleFromString(reader.word("valueScale"));
    return limited(options);
}

} // namespace ocellus
