// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QStringList>
#include <QWidget>

#include "core/engine/attention_intervention.h"
#include "core/engine/decoding.h"
#include "core/image/geometry.h"
#include "ui/figures/map_names.h"

class QButtonGroup;
class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QLayout;
class QPushButton;

namespace ocellus {

/// Whose attention the panel changes.
struct InterventionSubject {
    std::shared_ptr<const Decoding> decoding;  ///< after the intervention; null where nothing is shown
    std::shared_ptr<const Decoding> untouched; ///< the same before the intervention; equal to `decoding` without one
    int classIndex = -1;                       ///< has a logit in both
    QString className;
    bool isDraft = false;     ///< whose grid is not that of the answer to come: no cells are taken
    bool canIntervene = true; ///< ModelOffer::canIntervene; without it nothing but the reason is shown
    MapNames names = {};      ///< of the class's maps
};

/// Takes heads, or the class's own prototypes, and cells of them away from what the class that is shown sees in the
/// last layer, and tells what that does to its logit.
class InterventionPanel : public QWidget {
    Q_OBJECT

public:
    using CellsOfMask = std::function<std::vector<int>()>;

    explicit InterventionPanel(QWidget* parent = nullptr);

    /// None of these emits a signal.
    void setSubject(const InterventionSubject& subject);
    void setIntervention(const AttentionIntervention& intervention);
    void setHead(int head); ///< whose cells are taken, from 0; the number of heads stands for all of them
    /// Of a tree, one that may lie off the picture's way, by its prototype: there is a button for it.
    void setNode(int prototype);
    void setCrosshair(const std::optional<Cell>& cell);
    /// Asked for the cells (row * columns + column, ascending) inside the selection when the user takes them; null
    /// where nothing is selected.
    void setMask(CellsOfMask cells);

    const AttentionIntervention& intervention() const { return m_intervention; }

signals:
    void interventionChanged(const ocellus::AttentionIntervention& intervention);
    void headChosen(int head);

private:
    using CellsOfHead = std::function<std::vector<int>(int head)>;

    QLayout* buildHeads();
    QLayout* buildCells();
    QPushButton* addButton(QGridLayout* grid, int row, const QString& text, const QString& toolTip,
                           void (InterventionPanel::*slot)());
    void makeHeadButtons();
    void nameControls();
    QString introText() const;

    void toggleHead(int head, bool suppressed);
    void takeCrosshair();
    void takeAbove();
    void takeMask();
    void takeCells(const CellsOfHead& cellsOfHead);
    void clear();
    void change(AttentionIntervention intervention);

    bool hasMaps() const;
    bool hasGrid() const;
    bool isAllTaken(int cell) const;
    std::vector<int> removable() const;
    std::vector<int> chosenHeads() const;
    std::optional<int> headAt(int place) const;
    std::optional<int> crosshairCell() const;
    void showSubject();
    void showIntervention();
    void showCrosshair();

    InterventionSubject m_subject;
    AttentionIntervention m_intervention;
    std::optional<Cell> m_crosshair;
    CellsOfMask m_mask;

    QLabel* m_intro;
    QLabel* m_without; ///< above the buttons of heads
    QWidget* m_controls;
    QLabel* m_note;
    QLabel* m_effect;
    QGridLayout* m_headGrid;
    QButtonGroup* m_heads;
    QStringList m_titles;       ///< of them
    std::vector<int> m_numbers; ///< of these, as AttentionIntervention counts them
    int m_node = -1;
    bool m_areHeads = true;
    QComboBox* m_head;
    QComboBox* m_rule;
    QDoubleSpinBox* m_threshold;
    QPushButton* m_takeCrosshair;
    QPushButton* m_takeAbove;
    QPushButton* m_takeMask;
    QPushButton* m_clear;
};

} // namespace ocellus
