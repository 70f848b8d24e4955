// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/known_regions.h"

#include <algorithm>
#include <exception>
#include <system_error>
#include <utility>

#include "core/analysis/edit_effects.h"
#include "core/base/error.h"
#include "core/image/picture_address.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr const char* pointsFile = "parts.csv";
constexpr int mostFoldersUp = 4;

/// The next one on the way up; empty where there is none.
fs::path pointsAbove(const fs::path& picture)
{
    fs::path folder = picture.parent_path();
    for (int up = 0; up <= mostFoldersUp && folder.has_relative_path(); ++up, folder = folder.parent_path()) {
        std::error_code failure; // what cannot be looked at is not there
        if (fs::is_regular_file(folder / pointsFile, failure))
            return folder / pointsFile;
    }
    return {};
}

QString activeMask()
{
    return KnownRegions::tr("Active mask");
}

QString allParts()
{
    return KnownRegions::tr("All known parts");
}

} // namespace

struct KnownRegions::Reading {
    std::shared_ptr<const PartPoints> points = nullptr;
    std::string name = {};
    QString problem = {};
};

KnownRegions::KnownRegions(const Document& document, const LiveAnswer& answer, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_answer(answer)
{
}

void KnownRegions::follow()
{
    const fs::path& picture = m_document.editor().picture();
    if (picture == m_picture)
        return;
    m_picture = picture;
    m_points.reset();
    m_problem.clear();
    const std::uint64_t number = ++m_reading;
    if (picture.empty()) {
        m_queue.cancelRequest();
        return;
    }
    m_queue.request([this, number, file = pictureAddress(picture).file](const std::stop_token&) {
        Reading reading;
        fs::path csv;
        try {
            const fs::path whole = fs::absolute(file).lexically_normal();
            csv = pointsAbove(whole);
            if (csv.empty())
                return true;
            const auto points = std::make_shared<const PartPoints>(readPartPoints(csv));
            const fs::path relative = whole.lexically_relative(csv.parent_path());
            std::string name = PartPoints::nameOf(relative.generic_string());
            if (points->points.contains(name))
                reading = {points, std::move(name), {}};
        } catch (const Error& error) {
            reading.problem = tr("%1 was not read: %2").arg(toQString(csv), QString::fromStdString(error.detail()));
        } catch (const std::exception& error) {
            reading.problem =
                tr("%1 was not read: %2").arg(toQString(csv.empty() ? file : csv), QString::fromUtf8(error.what()));
        }
        QMetaObject::invokeMethod(
            this,
            [this, number, reading] {
                if (number == m_reading)
                    take(reading);
            },
            Qt::QueuedConnection);
        return true;
    });
}

void KnownRegions::take(const Reading& reading)
{
    m_points = reading.points;
    m_name = reading.name;
    m_problem = reading.problem;
    emit changed();
}

std::vector<PartPoint> KnownRegions::points() const
{
    const ShownPicture& shown = m_answer.result().shown;
    const bool areMoved =
        std::ranges::any_of(shown.edits, [](const Edit& edit) { return changesGeometry(edit.operation); });
    if (!m_points || areMoved || shown.path != m_picture)
        return {};
    try {
        return m_points->inPixels(m_name, {shown.original.width(), shown.original.height()});
    } catch (const Error&) {
        return {}; // taken at another scale
    }
}

QStringList KnownRegions::names() const
{
    QStringList names;
    const PictureEditor& editor = m_document.editor();
    if (!editor.activeMask().empty())
        names += activeMask();
    const std::vector<PartPoint> points = this->points();
    if (!points.empty())
        names += allParts();
    for (const NamedMask& mask : editor.state().masks)
        names += QString::fromStdString(mask.name);
    for (const PartPoint& point : points)
        names += QString::fromStdString(m_points->parts[point.part]);
    names.removeDuplicates();
    return names;
}

std::optional<KnownRegion> KnownRegions::region(const QString& name, const CellGeometry& geometry) const
{
    const PictureEditor& editor = m_document.editor();
    const auto ofMask = [&geometry](const Mask& mask, const QString& phrase) -> std::optional<KnownRegion> {
        if (mask.empty() || mask.pictureSize() != geometry.pictureSize())
            return std::nullopt;
        return KnownRegion{phrase, cellCover(mask, geometry), cellsNearMark(geometry, mask)};
    };
    if (name == activeMask())
        return ofMask(editor.activeMask(), tr("the active mask"));
    for (const NamedMask& mask : editor.state().masks)
        if (name == QString::fromStdString(mask.name))
            return ofMask(mask.mask, tr("the mask %1").arg(name));
    KnownRegion region{{}, {}, CellsNear(geometry)};
    for (const PartPoint& point : points())
        if (name == allParts() || name == QString::fromStdString(m_points->parts[point.part]))
            region.near.add(point.place);
    if (region.near.isEmpty() || region.near.share() <= 0)
        return std::nullopt;
    region.phrase = name == allParts() ? tr("the cells around the known parts") : tr("the cells around: %1").arg(name);
    for (std::size_t cell = 0; cell < region.near.cells(); ++cell)
        region.coverage.push_back(region.near.contains(cell) ? 1 : 0);
    return region;
}

} // namespace ocellus
