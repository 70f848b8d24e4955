// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/experiment_preview.h"

#include <algorithm>
#include <utility>

#include <QApplication>
#include <QPalette>

#include "core/edit/edit_reader.h"
#include "ui/engine/picture_source.h"
#include "ui/experiment/preview_strip.h"
#include "ui/figures/contact_sheet.h"

namespace ocellus {

namespace {

/// Whatever changes what the preview shows.
std::string keyOf(const FolderExperiment::Wish& wish)
{
    const EditExperiment::Settings& settings = wish.settings;
    const EngineOptions& engine = wish.request.engine;
    std::string key = jsonOf(settings.recipe).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    key += '\n' + toString(settings.preprocess) + '\n' + wish.request.checkpoint.string() + '\n' + wish.modelSha256;
    key += '\n' + engine.device + (engine.tf32 ? " tf32" : "") + (engine.half ? " half" : "");
    key += (settings.decode.ignoreExif ? " stored" : "") + std::string(settings.decode.convertToSrgb ? " srgb" : "");
    key += '\n' + toString(settings.decode.range);
    for (const ExperimentPicture& picture : wish.pictures) {
        const ContentKey mask = picture.mask.key();
        key += '\n' + picture.file.path.string() + ' ' + std::to_string(mask.low) + ' ' + std::to_string(mask.high) +
               ' ' + std::to_string(timeOf(picture.file.path).time_since_epoch().count());
    }
    return key;
}

/// The picture with the region in the accent's colour over it.
QImage withRegion(const QByteArray& jpeg, const Mask& mask)
{
    QImage image = QImage::fromData(jpeg, "JPG").convertToFormat(QImage::Format_RGB32);
    if (image.isNull() || mask.empty())
        return image;
    const QColor colour = QApplication::palette().color(QPalette::Highlight);
    constexpr double strongest = 0.6;
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        const int row = y * mask.pictureSize().height / image.height();
        for (int x = 0; x < image.width(); ++x) {
            const int alpha = mask.at(x * mask.pictureSize().width / image.width(), row);
            if (alpha == 0)
                continue;
            const double share = strongest * alpha / 255;
            const auto mix = [share](int of, int with) { return qRound(of + share * (with - of)); };
            line[x] = qRgb(mix(qRed(line[x]), colour.red()), mix(qGreen(line[x]), colour.green()),
                           mix(qBlue(line[x]), colour.blue()));
        }
    }
    return image;
}

} // namespace

ExperimentPreview::ExperimentPreview(EngineController& controller, PreviewStrip& strip, QObject* parent)
    : QObject(parent),
      m_strip(strip),
      m_run(controller)
{
    connect(&m_run, &FolderExperiment::found, this, &ExperimentPreview::take);
    // Also from outside: then it has to be asked for again.
    connect(&m_run, &FolderExperiment::cancelled, this, [this] { m_key.clear(); });
    connect(&m_run, &FolderExperiment::failed, this, [this](const Failure& failure) {
        m_key.clear();
        m_strip.setNote(summary(failure));
        emit changed();
    });
}

void ExperimentPreview::show(const FolderExperiment::Wish& wish, const ClassTable& table)
{
    FolderExperiment::Wish few = wish;
    few.pictures.resize(std::min(few.pictures.size(), Pictures));
    few.settings.controls = 0;
    const std::string key = keyOf(few);
    if (key == m_key)
        return;
    m_table = table;
    m_seconds.clear();
    m_pairs.clear();
    m_strip.setStale(true);
    if (m_strip.pairs().empty())
        m_strip.setNote(tr("The edit is being tried on the first pictures…"));
    m_run.start(few);
    m_key = key;
    emit changed();
}

void ExperimentPreview::clear(const QString& why)
{
    m_run.cancel();
    m_key.clear();
    m_seconds.clear();
    m_pairs.clear();
    m_strip.setNote(why);
    emit changed();
}

void ExperimentPreview::stop()
{
    if (!m_run.isRunning())
        return;
    m_run.cancel();
    m_key.clear();
    if (m_strip.pairs().empty())
        m_strip.setNote({});
}

std::optional<double> ExperimentPreview::seconds() const
{
    std::vector<double> done = m_seconds;
    if (done.empty())
        return {};
    const auto middle = done.begin() + static_cast<std::ptrdiff_t>(done.size() / 2);
    std::ranges::nth_element(done, middle);
    return *middle;
}

void ExperimentPreview::take(const ExperimentFinding& finding)
{
    PreviewPair pair{{}, {}, QString::fromStdString(finding.row.picture), answer(finding.row)};
    if (finding.row.isDone()) {
        pair.before = withRegion(finding.before, EditReader("mask").mask(finding.mask));
        pair.after = QImage::fromData(finding.after, "JPG");
        m_seconds.push_back(finding.seconds);
    }
    m_pairs.push_back(std::move(pair));
    m_strip.setPairs(m_pairs);
    emit changed();
}

QString ExperimentPreview::answer(const ExperimentRow& row) const
{
    if (!row.error.empty())
        return QString::fromStdString(row.error);
    if (!row.skipped.empty())
        return QString::fromStdString(row.skipped);
    const auto name = [this](int classIndex) {
        return QString::fromStdString(displayName(m_table.entries.at(static_cast<std::size_t>(classIndex)).name));
    };
    const QString before = name(row.predicted.classIndex);
    if (row.flipped())
        return tr("%1 → %2").arg(before, name(row.predictedAfter));
    constexpr double percent = 100;
    return tr("%1: %2 → %3 %")
        .arg(before)
        .arg(percent * row.predicted.before.probability, 0, 'f', 1)
        .arg(percent * row.probabilityAfter, 0, 'f', 1);
}

} // namespace ocellus
