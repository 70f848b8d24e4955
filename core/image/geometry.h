// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/model_input.h"
#include "core/image/picture.h"
#include "core/model/receptive_field.h"

namespace ocellus {

/// Where a map lies on the picture.
enum class Placement {
    Receptive,  ///< each cell where its receptive field is centred
    AsPublished ///< the map stretched over the picture, as INTR's released code draws it
};

/// Row and column of a cell.
struct Cell {
    int row = 0;
    int column = 0;

    bool operator==(const Cell&) const = default;
};

/// A rectangle in continuous pixel coordinates.
struct Box {
    double left = 0, top = 0, width = 0, height = 0;
};

/// Maps cells of the h x w grid to the picture and back. All picture coordinates are the original picture's.
class CellGeometry {
public:
    CellGeometry() = default;
    CellGeometry(Size picture, Size input, int rows, int columns, const ReceptiveField& field,
                 Placement placement = Placement::Receptive);
    /// Of a model that sees a part of the resized picture only. AsPublished stretches the map over that part.
    CellGeometry(Size picture, const InputPlace& place, int rows, int columns, const ReceptiveField& field,
                 Placement placement = Placement::Receptive);

    int rows() const { return m_rows; }
    int columns() const { return m_columns; }
    Size pictureSize() const { return m_picture; }
    Placement placement() const { return m_placement; }

    /// The point of the picture on which the cell is centred; with AsPublished, where the published figures put it.
    Point centre(Cell cell) const;

    /// The cell whose centre is nearest along each axis; points outside the picture give border cells.
    Cell cellAt(Point point) const;

    /// The part of the picture that the model sees: all of it, or what cropping and trimming leave.
    const Box& seen() const { return m_seen; }
    bool seesAll() const;
    bool sees(Point point) const; ///< false outside the picture too

    /// The whole grid as a rectangle with cells of equal size. It can reach beyond the picture's edges, and with
    /// Receptive may end before its lower right ones: pixels there belong to the nearest cell (see cellAt).
    Box gridBox() const;

private:
    Size m_picture;
    int m_rows = 0;
    int m_columns = 0;
    Placement m_placement = Placement::Receptive;
    Box m_seen;
    Point m_firstCentre;
    Point m_step;
};

} // namespace ocellus
