// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/experiment_preview.h"

#include <algorithm>

#include <QApplication>
#include <QPainter>
#include <QPalette>

#include "core/edit/edit_reader.h"
#include "ui/experiment/preview_strip.h"
#include "ui/figures/contact_sheet.h"

namespace ocellus {

namespace {

/// Whatever changes what the preview shows.
std::string keyOf(const FolderExperiment::Wish& wish)
{
    std::string key = jsonOf(wish.settings.recipe).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    key +=
        '\n' + toString(wish.settings.preprocess) + '\n' + wish.request.checkpoint.string() + '\n' + wish.modelSha256;
    for (const ExperimentPicture& picture : wish.pictures)
        key += '\n' + picture.file.path.string() + '\n' + std::to_string(picture.mask.box().area());
    return key;
}

/// The picture with the region in the accent's colour over it.
QImage withRegion(const QByteArray& jpeg, const Mask& mask)
{
    QImage image = QImage::fromData(jpeg, "JPG").convertToFormat(QImage::Format_RGB32);
    if (image.isNull() || mask.empty())
        return image;
    const PixelBox& box = mask.box();
    QImage region(box.width, box.height, QImage::Format_ARGB32);
    QColor colour = QApplication::palette().color(QPalette::Highlight);
    constexpr double strongest = 0.6;
    for (int y = 0; y < box.height; ++y)
        for (int x = 0; x < box.width; ++x) {
            colour.setAlphaF(static_cast<float>(strongest * mask.at(box.left + x, box.top + y) / 255));
            region.setPixelColor(x, y, colour);
        }
    const double scale = static_cast<double>(image.width()) / mask.pictureSize().width;
    QPainter painter(&image);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(box.left * scale, box.top * scale, box.width * scale, box.height * scale), region);
    return image;
}

} // namespace

ExperimentPreview::ExperimentPreview(EngineController& controller, PreviewStrip& strip, QObject* parent)
    : QObject(parent),
      m_strip(strip),
      m_run(controller)
{
    connect(&m_run, &FolderExperiment::found, this, &ExperimentPreview::take);
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
    m_key = key;
    m_table = table;
    m_findings.clear();
    m_strip.setStale(true);
    if (m_strip.pairs().empty())
        m_strip.setNote(tr("The edit is being tried on the first pictures…"));
    m_run.start(few);
    emit changed();
}

void ExperimentPreview::clear(const QString& why)
{
    m_run.cancel();
    m_key.clear();
    m_findings.clear();
    m_strip.setNote(why);
    emit changed();
}

void ExperimentPreview::stop()
{
    if (!m_run.isRunning())
        return;
    m_run.cancel();
    m_key.clear();
}

std::optional<double> ExperimentPreview::seconds() const
{
    std::vector<double> done;
    for (const ExperimentFinding& finding : m_findings)
        if (finding.row.isDone())
            done.push_back(finding.seconds);
    if (done.empty())
        return {};
    const auto middle = done.begin() + static_cast<std::ptrdiff_t>(done.size() / 2);
    std::ranges::nth_element(done, middle);
    return *middle;
}

void ExperimentPreview::take(const ExperimentFinding& finding)
{
    m_findings.push_back(finding);
    std::vector<PreviewPair> pairs;
    for (const ExperimentFinding& each : m_findings) {
        PreviewPair pair;
        pair.name = QString::fromStdString(each.row.picture);
        pair.answer = answer(each.row);
        if (each.row.isDone()) {
            pair.before = withRegion(each.before, EditReader("mask").mask(each.mask));
            pair.after = QImage::fromData(each.after, "JPG");
        }
        pairs.push_back(pair);
    }
    m_strip.setPairs(pairs);
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
    return tr("%1 → %2").arg(answerText(name(row.predicted.classIndex), row.predicted.before.probability),
                             answerText(name(row.predictedAfter), row.probabilityAfter));
}

} // namespace ocellus
