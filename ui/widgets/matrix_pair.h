// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include <QWidget>

#include "ui/widgets/picture_pair.h"

class QComboBox;
class QLabel;

namespace ocellus {

/// Any two maps of a table in one place: one row and another in the same column, or, where rows have no titles, one
/// picture and another. Which two is chosen by name, and stays while the table's numbers change.
class MatrixPair : public QWidget {
    Q_OBJECT

public:
    explicit MatrixPair(QWidget* parent = nullptr);

    /// What can be shown of a matrix whose chosen column is this: no differences, and nothing without a picture. Each
    /// name is there once.
    static std::vector<PairSide> sidesOf(const MapMatrix& matrix, int column);

    void setMatrix(const MapMatrix& matrix, int column);
    bool isWaiting() const { return m_sides.size() < 2; } ///< words stand in the place of the pictures
    /// As places in sidesOf(); what is none of them, or the same as the first, becomes another one.
    void choose(int first, int second);
    /// What stands at this place of the matrix, beside another; nothing where it is shown already.
    void chooseBeside(const MapMatrix& matrix, int row, int column);
    QString firstName() const { return m_names[0]; }
    QString secondName() const { return m_names[1]; }

    PicturePair* pictures() const { return m_pictures; }

signals:
    void closeRequested(); ///< Escape

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QComboBox* makeChoice(int which);
    int placeOf(const QString& name) const;

    std::vector<PairSide> m_sides;
    std::array<QString, 2> m_names;
    std::array<QComboBox*, 2> m_choices;
    PicturePair* m_pictures;
    QLabel* m_words;
};

} // namespace ocellus
