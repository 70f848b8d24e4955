// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include <nlohmann/json_fwd.hpp>

#include "core/edit/edit_reader.h"
#include "core/experiment/edit_recipe.h"

class QComboBox;
class QLabel;
class QSpinBox;

namespace ocellus {

class OperationForm;
class RegionForm;

/// What an experiment is to do: where, what, to which pictures, and against how many controls.
class ExperimentForm : public QWidget {
    Q_OBJECT

public:
    enum class Pictures { AllOpen, OfShownClass };

    explicit ExperimentForm(QWidget* parent = nullptr);

    RegionForm* region() const { return m_region; }
    /// What "as the selected edit" means; nothing where there is no edit of a part of the picture.
    void setSelectedEdit(const std::optional<Operation>& operation);
    void setShownClass(int classIndex, const QString& label);

    EditRecipe recipe() const;
    QString whyNot() const; ///< for the user; empty where recipe() is whole
    Pictures pictures() const;
    int controls() const; ///< a picture, 0 to 20
    bool onAnimal() const;

    /// How all of its controls stand, for a session's file.
    nlohmann::json choices() const;
    /// The other way. Throws as `reader`, with nothing changed but perhaps the region.
    void setChoices(EditReader& reader, const nlohmann::json& choices);

signals:
    void changed();

private:
    void addOperations();
    void arrange();
    QLabel* heading(const QString& text);
    void alignLabels() const;
    void showOperation();
    void showPurpose(int controls);
    bool isAsSelected() const;

    RegionForm* m_region;
    QComboBox* m_operation;
    OperationForm* m_parameters;
    QLabel* m_selectedEdit; ///< what it does, in words
    QComboBox* m_pictures;
    QSpinBox* m_controls;
    QLabel* m_purpose; ///< of the controls
    QComboBox* m_place;
    std::optional<Operation> m_selected;
};

} // namespace ocellus
