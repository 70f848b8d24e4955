// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>
#include <vector>

#include <QWidget>

#include <nlohmann/json_fwd.hpp>

#include "core/edit/picture_edits.h"
#include "core/experiment/edit_recipe.h"
#include "core/io/strict_json.h"
#include "core/model/model_offer.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;

namespace ocellus {

/// Where to edit each of many pictures: controls for a Region and its margin.
class RegionForm : public QWidget {
    Q_OBJECT

public:
    /// In the order of the list.
    enum Kind { KeptMask, Attention, Parts, MaskFiles };

    explicit RegionForm(QWidget* parent = nullptr);

    /// Kept masks of the shown picture; one that was chosen stays so while it is there.
    void setMasks(const std::vector<NamedMask>& masks);
    void setClass(int classIndex, const QString& label); ///< the shown one
    void setMaps(MapKind kind, int count);               ///< of the model, that a class has
    void setFile(Kind kind, const QString& path);        ///< as fileRequested() asked

    /// Sets region, grow and feather.
    void fill(EditRecipe& recipe) const;
    QString whyNot() const; ///< what is still missing, for the user; empty where fill() gives a whole region

    /// How all of its controls stand, for a session's file.
    nlohmann::json choices() const;
    /// The other way; a mask or a head that is not there yet is chosen when it is. Throws as `reader`.
    void setChoices(const StrictJson& reader, const nlohmann::json& choices);

signals:
    void changed();
    void fileRequested(ocellus::RegionForm::Kind kind); ///< the CSV of Parts, or the folder of MaskFiles

private:
    QWidget* addRow(const QString& label, QWidget* control, const QString& toolTip);
    QWidget* withButton(QLineEdit* path, Kind kind);
    void arrange();
    void showRows();
    Kind kind() const;
    Region region() const;
    std::vector<std::string> parts() const;

    std::vector<NamedMask> m_masks;
    QString m_waitingMask; ///< to be chosen when it is there
    int m_waitingHead = 0; ///< the same; 0: none
    int m_class = -1;
    MapKind m_mapKind = MapKind::Head;
    QFormLayout* m_rows;
    std::vector<std::pair<Kind, QWidget*>> m_rowsOf;
    QComboBox* m_kind;
    QComboBox* m_mask;
    QComboBox* m_of;
    QComboBox* m_head;
    QDoubleSpinBox* m_share;
    QLineEdit* m_file;
    QLineEdit* m_parts;
    QDoubleSpinBox* m_radius;
    QLineEdit* m_folder;
    QSpinBox* m_label;
    QSpinBox* m_grow;
    QSpinBox* m_feather;
};

} // namespace ocellus
