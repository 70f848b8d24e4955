// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/model_settings_form.h"

#include <algorithm>
#include <array>

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/base/error.h"

namespace ocellus {

namespace {

constexpr std::array resamplings{PositionResampling::Timm, PositionResampling::Dino, PositionResampling::Plain,
                                 PositionResampling::Bilinear};
constexpr std::array activations{VitActivation::Gelu, VitActivation::QuickGelu, VitActivation::SwiGlu};

constexpr int shortestChoice = 8; ///< letters

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString fromText(const std::string& text)
{
    return QString::fromStdString(text);
}

/// A value is said where it is another than the one in use, or was said before.
template <typename Value>
std::optional<Value> said(const std::optional<Value>& value, const std::optional<Value>& inUse,
                          const std::optional<Value>& given)
{
    return value != inUse || given ? value : std::nullopt;
}

} // namespace

ModelSettingsForm::ModelSettingsForm(QWidget* parent)
    : QWidget(parent),
      m_form(new QFormLayout),
      m_heads(new QComboBox),
      m_resampling(new QComboBox),
      m_activation(new QComboBox),
      m_eps(new QLineEdit),
      m_preprocessing(new QLineEdit),
      m_problem(new QLabel),
      m_apply(new QPushButton(tr("&Use these"))),
      m_keep(new QPushButton(tr("&Keep beside the checkpoint")))
{
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->setRowWrapPolicy(QFormLayout::WrapAllRows); // the panel is narrow
    for (QComboBox* box : {m_heads, m_resampling, m_activation}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(shortestChoice);
    }
    addRow(tr("Heads"), m_heads,
           tr("Of each block. Every number that divides the width loads and runs, and only one of them gives the maps "
              "that the model was trained with."),
           "num_heads");
    addRow(tr("Positions"), m_resampling,
           tr("How positions are resampled where a picture's grid is not the stored one; it makes no difference there"),
           "position_resampling");
    addRow(tr("Activation"), m_activation, tr("Of the feed-forward layers"), "activation");
    addRow(tr("Eps of norms"), m_eps, tr("What is added to the variance before its root"), "norm_eps");
    addRow(tr("Preparation"), m_preprocessing,
           tr("fixed:224, short:518,patch:14 or crop:256:224; then ,bicubic and ,half or ,clip, as ocellus-cli "
              "--image-size takes it"),
           "preprocessing");
    for (const PositionResampling kind : resamplings)
        m_resampling->addItem(fromView(toString(kind)));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->hide();
    m_apply->setToolTip(tr("Opens the model again with these; sessions and figures tell them"));
    m_keep->setToolTip(tr("Writes them into a file beside the checkpoint, which is read whenever that is opened"));

    auto* buttons = new QVBoxLayout;
    buttons->addWidget(m_apply, 0, Qt::AlignLeft);
    buttons->addWidget(m_keep, 0, Qt::AlignLeft);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(m_form);
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
    for (QComboBox* box : {m_heads, m_resampling, m_activation})
        connect(box, &QComboBox::currentIndexChanged, this, &ModelSettingsForm::check);
    for (QLineEdit* line : {m_eps, m_preprocessing}) {
        connect(line, &QLineEdit::textChanged, this, &ModelSettingsForm::check);
        connect(line, &QLineEdit::returnPressed, m_apply, &QPushButton::click);
    }
    connect(m_apply, &QPushButton::clicked, this, [this] { emit applied(settings()); });
    connect(m_keep, &QPushButton::clicked, this, [this] { emit keepRequested(all()); });
    hide();
}

void ModelSettingsForm::addRow(const QString& title, QWidget* control, const QString& explanation, const char* name)
{
    control->setAccessibleName(title);
    control->setToolTip(explanation);
    auto* label = new QLabel(title);
    label->setBuddy(control);
    m_form->addRow(label, control);
    m_rows.append({control, label, title, name});
}

void ModelSettingsForm::setModel(const ModelDescription& model)
{
    setVisible(model.config.vit.has_value());
    if (!model.config.vit)
        return;
    const auto isSame = [&](const ModelDescription& other) {
        return other.path == model.path && other.sha256 == model.sha256 && other.given == model.given &&
               other.assumed == model.assumed && other.preprocess == model.preprocess;
    };
    if (m_inUse.heads && isSame(m_model))
        return; // what is being typed stays
    m_model = model;
    fill(model);
    showOrigins(model);
    check();
}

void ModelSettingsForm::fill(const ModelDescription& model)
{
    const VitConfig& vit = *model.config.vit;
    m_inUse = {vit.heads, vit.resampling, vit.activation, vit.eps, model.preprocess, {}, {}};
    fillHeads(vit.width, vit.heads);
    m_resampling->setCurrentText(fromView(toString(vit.resampling)));
    m_activation->clear();
    // Gated layers have other shapes, so a file tells them from the other two.
    for (const VitActivation kind : activations)
        if ((kind == VitActivation::SwiGlu) == (vit.activation == VitActivation::SwiGlu))
            m_activation->addItem(fromView(toString(kind)));
    m_activation->setCurrentText(fromView(toString(vit.activation)));
    m_eps->setText(QString::number(vit.eps));
    m_preprocessing->setText(model.preprocess ? fromText(toString(*model.preprocess)) : QString());
    m_preprocessing->setCursorPosition(0);
}

void ModelSettingsForm::fillHeads(int width, int heads)
{
    constexpr int narrowest = 4; // channels of a head: less has never been trained
    m_heads->clear();
    for (int count = 1; count * narrowest <= width; ++count)
        if (width % count == 0)
            m_heads->addItem(tr("%1 (%2 channels each)").arg(count).arg(width / count), count);
    if (m_heads->findData(heads) < 0)
        m_heads->addItem(QString::number(heads), heads);
    m_heads->setCurrentIndex(m_heads->findData(heads));
}

void ModelSettingsForm::showOrigins(const ModelDescription& model)
{
    const QString given = fromText(toString(model.given));
    for (const Row& row : m_rows) {
        const bool isAssumed = std::ranges::find(model.assumed, row.name) != model.assumed.end();
        const bool isGiven = given.contains(QLatin1Char('"') + QLatin1String(row.name) + QLatin1Char('"'));
        row.label->setText(isGiven     ? tr("%1 (set by you)").arg(row.title)
                           : isAssumed ? tr("%1 (assumed)").arg(row.title)
                                       : row.title);
        QFont font = row.label->font();
        font.setBold(isAssumed && !isGiven);
        row.label->setFont(font);
    }
}

ModelSettings ModelSettingsForm::all() const
{
    ModelSettings all = m_model.given; // and what this form has no row for
    all.heads = m_heads->currentData().toInt();
    all.resampling = positionResampling(m_resampling->currentText().toStdString());
    all.activation = vitActivation(m_activation->currentText().toStdString());
    bool isNumber = false;
    all.eps = m_eps->text().toDouble(&isNumber);
    if (!isNumber || !(*all.eps > 0 && *all.eps < 1))
        throw Error(ErrorCode::BadArgument, "eps", "expected a number between 0 and 1 as eps, such as 1e-6");
    // The field writes fewer digits than a number can have.
    if (m_eps->text() == QString::number(*m_inUse.eps))
        all.eps = m_inUse.eps;
    all.preprocess = parsePreprocess(m_preprocessing->text().toStdString(), "preparation");
    return all;
}

ModelSettings ModelSettingsForm::settings() const
{
    const ModelSettings& given = m_model.given;
    ModelSettings settings = all();
    settings.heads = said(settings.heads, m_inUse.heads, given.heads);
    settings.resampling = said(settings.resampling, m_inUse.resampling, given.resampling);
    settings.activation = said(settings.activation, m_inUse.activation, given.activation);
    settings.eps = said(settings.eps, m_inUse.eps, given.eps);
    settings.preprocess = said(settings.preprocess, m_inUse.preprocess, given.preprocess);
    return settings;
}

void ModelSettingsForm::check()
{
    if (!m_inUse.heads || m_heads->currentIndex() < 0 || m_activation->currentIndex() < 0)
        return; // being filled
    QString problem;
    bool differs = false;
    try {
        differs = settings() != m_model.given;
    } catch (const Error& error) {
        problem = fromText(error.detail());
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_apply->setEnabled(problem.isEmpty() && differs);
    m_keep->setEnabled(problem.isEmpty());
}

} // namespace ocellus
