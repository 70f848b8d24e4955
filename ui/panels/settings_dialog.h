// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QStringList>

#include "ui/models/settings_values.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QSpinBox;

namespace ocellus {

class RangeChoice;

class ColourMapCombo;

/// Settings that hold between runs. Show it with open(); settingsAccepted brings the result.
class SettingsDialog : public QDialog {
    Q_OBJECT

public:
    /// `devices`: what can be asked for, "auto" first; the one in `values` is added where it is missing.
    SettingsDialog(const SettingsValues& values, const QStringList& devices, QWidget* parent = nullptr);

    SettingsValues values() const;

signals:
    /// OK was pressed.
    void settingsAccepted(const ocellus::SettingsValues& values);

private:
    QWidget* buildComputing(const QStringList& devices);
    QWidget* buildPictures();
    QWidget* buildAppearance();
    void showValues(const SettingsValues& values);
    void updateCudaChoices();

    QComboBox* m_device;
    QSpinBox* m_threads;
    QCheckBox* m_tf32;
    QCheckBox* m_half;
    QCheckBox* m_ignoreExif;
    RangeChoice* m_range;
    QCheckBox* m_convertToSrgb;
    QCheckBox* m_modelsOwnSize;
    QSpinBox* m_shortSide;
    QSpinBox* m_longSide;
    QSpinBox* m_fixedSide;
    ColourMapCombo* m_colourMap;
    QSpinBox* m_tileTextSize;
    QComboBox* m_theme;
    QComboBox* m_startWith;
};

} // namespace ocellus
