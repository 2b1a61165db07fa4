{ ... }:
{
  services = {
    zigbee2mqtt = {
      enable = true;
      settings = {
        serial.port = "/dev/ttyUSB0";
        mqtt.server = "mqtt://localhost:1883";
        frontend.port = 8080;
      };
    };
    mosquitto = {
      enable = true;
      listeners = [
        {
          address = "127.0.0.1";
          acl = [ "pattern readwrite #" ];
          settings.allow_anonymous = true;
        }
      ];
    };
  };
}
