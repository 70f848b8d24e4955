// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/geometry.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/error.h"

namespace ocellus {

namespace {

int nearestIndex(double coordinate, double first, double step, int count)
{
    const double index = std::floor((coordinate - first) / step + 0.5);
    return static_cast<int>(std::clamp(index, 0.0, static_cast<double>(count - 1)));
}

} // namespace

CellGeometry::CellGeometry(Size picture, Size input, int rows, int columns, const ReceptiveField& field,
                           Placement placement)
    : CellGeometry(picture, InputPlace{input, 0, 0, input}, rows, columns, field, placement)
{
}

CellGeometry::CellGeometry(Size picture, const InputPlace& place, int rows, int columns, const ReceptiveField& field,
                           Placement placement)
    : m_picture(picture),
      m_rows(rows),
      m_columns(columns),
      m_placement(placement)
{
    const Size input = place.input;
    if (std::min({picture.width, picture.height, input.width, input.height, rows, columns, field.stride}) < 1)
        throw Error(ErrorCode::BadArgument, "geometry",
                    "expected sizes of at least 1, got a picture of " + std::to_string(picture.width) + "x" +
                        std::to_string(picture.height) + ", an input of " + std::to_string(input.width) + "x" +
                        std::to_string(input.height) + ", " + std::to_string(rows) + " rows, " +
                        std::to_string(columns) + " columns and stride " + std::to_string(field.stride));

    const double scaleX = static_cast<double>(picture.width) / place.resized.width;
    const double scaleY = static_cast<double>(picture.height) / place.resized.height;
    // Of the whole picture exactly: what comes back from the resize is a rounding away.
    m_seen = {place.left * scaleX, place.top * scaleY,
              input.width == place.resized.width ? picture.width : input.width * scaleX,
              input.height == place.resized.height ? picture.height : input.height * scaleY};
    m_step = {field.stride * scaleX, field.stride * scaleY};
    m_firstCentre = {(place.left + field.start) * scaleX, (place.top + field.start) * scaleY};
    if (placement == Placement::AsPublished) {
        m_step = {input.width * scaleX / columns, input.height * scaleY / rows};
        m_firstCentre = {place.left * scaleX + m_step.x / 2, place.top * scaleY + m_step.y / 2};
    }
}

Point CellGeometry::centre(Cell cell) const
{
    return {m_firstCentre.x + cell.column * m_step.x, m_firstCentre.y + cell.row * m_step.y};
}

Cell CellGeometry::cellAt(Point point) const
{
    if (m_rows < 1 || m_columns < 1 || !std::isfinite(point.x) || !std::isfinite(point.y))
        return {};
    return {nearestIndex(point.y, m_firstCentre.y, m_step.y, m_rows),
            nearestIndex(point.x, m_firstCentre.x, m_step.x, m_columns)};
}

bool CellGeometry::seesAll() const
{
    return m_seen.width >= m_picture.width && m_seen.height >= m_picture.height;
}

bool CellGeometry::sees(Point point) const
{
    return point.x >= m_seen.left && point.y >= m_seen.top && point.x < m_seen.left + m_seen.width &&
           point.y < m_seen.top + m_seen.height;
}

Box CellGeometry::gridBox() const
{
    return {m_firstCentre.x - m_step.x / 2, m_firstCentre.y - m_step.y / 2, m_step.x * m_columns, m_step.y * m_rows};
}

} // namespace ocellus
