from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "jingwei.exchange.records"
    label = "records"
